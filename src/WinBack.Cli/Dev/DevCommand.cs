using System.CommandLine;

namespace WinBack.Cli.Dev;

/// <summary><c>winback dev</c>: what only tests and trying things out need.</summary>
internal static class DevCommand
{
    public static Command Build() => new("dev", "Tools for tests and for trying things out; not for production.")
    {
        BrokerCommand.Build(),
        FuzzCommand.Build(),
        GrpcBodyCommand.Build(),
    };
}
