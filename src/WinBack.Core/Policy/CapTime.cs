namespace WinBack.Core.Policy;

/// <summary>Cap time stamps: whole microseconds since 1970-01-01T00:00Z, as the Redis clock has them.</summary>
public static class CapTime
{
    /// <summary>Rounds down.</summary>
    public static long ToMicros(DateTimeOffset time) =>
        (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    public static long ToMicros(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>Rounds up: decisions are made for whole milliseconds, so what a rule lets through from an instant on, they do from here on.</summary>
    public static DateTimeOffset ToWholeMillisecond(DateTimeOffset time) =>
        time.UtcTicks % TimeSpan.TicksPerMillisecond is var rest && rest == 0 ? time : time.AddTicks(TimeSpan.TicksPerMillisecond - rest);

    public static DateTimeOffset ToTime(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);
}
