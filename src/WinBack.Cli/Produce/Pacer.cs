namespace WinBack.Cli.Produce;

/// <summary>
/// Says when the next event is due: so many times faster than event time went by, and at most so many a second. An open
/// loop: what is behind is sent at once, and the schedule does not slip.
/// </summary>
/// <param name="speedUp">Event time over wall time; infinite for as fast as possible.</param>
/// <param name="eventsASecond">Infinite for no limit.</param>
internal sealed class Pacer(double speedUp, double eventsASecond, TimeProvider time)
{
    /// <summary>Shorter waits are not worth a timer; the events then go out in small bunches.</summary>
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(2);

    private readonly long _start = time.GetTimestamp();
    private DateTimeOffset? _first;
    private long _sent;

    internal TimeSpan Elapsed => time.GetElapsedTime(_start);

    internal async ValueTask WaitAsync(DateTimeOffset eventTime, CancellationToken stop)
    {
        TimeSpan wait = Due(eventTime) - Elapsed;
        if (wait >= ShortestWait) await Task.Delay(wait, time, stop).ConfigureAwait(false);
    }

    /// <summary>When the event is due, counted from the start.</summary>
    private TimeSpan Due(DateTimeOffset eventTime)
    {
        _first ??= eventTime;
        double byEventTime = (eventTime - _first.Value).TotalSeconds / speedUp;
        double byRate = _sent++ / eventsASecond;
        return TimeSpan.FromSeconds(Math.Max(byEventTime, byRate));
    }
}
