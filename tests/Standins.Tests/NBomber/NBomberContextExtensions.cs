using NBomber.Contracts;

namespace Standins.Tests.NBomber;

internal static class NBomberContextExtensions
{
    public static NBomberContext Quiet(this NBomberContext context, TextWriter output) => context with { Output = output };
}
