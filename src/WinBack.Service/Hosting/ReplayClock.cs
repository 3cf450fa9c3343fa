namespace WinBack.Service.Hosting;

/// <summary>The system's clock, moved by a constant. Redis scripts add the same constant to their own.</summary>
internal sealed class ReplayClock(TimeProvider system, TimeSpan offset) : TimeProvider
{
    internal TimeSpan Offset => offset;

    public override DateTimeOffset GetUtcNow() => system.GetUtcNow() + offset;

    public override long GetTimestamp() => system.GetTimestamp();

    public override long TimestampFrequency => system.TimestampFrequency;

    /// <summary>Timers run on real time: only the date is another.</summary>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        system.CreateTimer(callback, state, dueTime, period);
}
