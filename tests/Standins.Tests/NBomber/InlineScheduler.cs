using NBomber.Engine;

namespace Standins.Tests.NBomber;

/// <summary>
/// A clock that only moves when told to, and iterations that run at once, one after the other: a system under test with a
/// single worker, without any real time in it.
/// </summary>
internal sealed class InlineScheduler : LoadScheduler
{
    private TimeSpan now;

    public override TimeSpan Now => now;

    public void Work(TimeSpan time) => now += time;

    public override void SleepUntil(TimeSpan instant) => now = instant > now ? instant : now;

    public override void Start(IThreadPoolWorkItem iteration) => iteration.Execute();

    public override bool Wait(CountdownEvent iterations, TimeSpan timeout)
    {
        now += iterations.IsSet ? TimeSpan.Zero : timeout;
        return iterations.IsSet;
    }
}
