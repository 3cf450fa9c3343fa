namespace WinBack.Core.Policy;

/// <summary>Cap time stamps: whole microseconds since 1970-01-01T00:00Z, as the Redis clock has them.</summary>
public static class CapTime
{
    /// <summary>Rounds down.</summary>
    public static long ToMicros(DateTimeOffset time) =>
        (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    public static long ToMicros(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset ToTime(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);
}
