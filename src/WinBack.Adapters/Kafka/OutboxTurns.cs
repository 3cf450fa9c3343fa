namespace WinBack.Adapters.Kafka;

/// <summary>
/// When the outbox of each partition is due. They come one after the other over the period: all at the same instant would take the
/// processors from those who wait for a decision.
/// </summary>
internal sealed class OutboxTurns(TimeSpan period, TimeProvider time)
{
    private readonly long _period = (long)(period.TotalSeconds * time.TimestampFrequency);

    /// <summary>By partition, in time stamps.</summary>
    private readonly Dictionary<int, long> _due = [];

    /// <param name="partitions">Held from now on.</param>
    internal void Spread(IReadOnlyCollection<int> partitions)
    {
        long now = time.GetTimestamp();
        _due.Clear();
        foreach (int partition in partitions) _due[partition] = now + (_period * (_due.Count + 1) / partitions.Count);
    }

    /// <summary>Partitions whose turn it is. Each is told once a period; turns that nobody asked for are not made up for.</summary>
    internal int[] Take()
    {
        long now = time.GetTimestamp();
        int[] due = [.. _due.Where(turn => turn.Value <= now).Select(turn => turn.Key)];
        foreach (int partition in due) _due[partition] += _period * (1 + ((now - _due[partition]) / _period));
        return due;
    }
}
