namespace WinBack.Adapters.Redis;

/// <summary>What one chunk of records changes: states, counts by day, and the watermark after it.</summary>
public sealed class StateChunk(PartitionWatermark watermark)
{
    private readonly List<string> _customers = [];
    private readonly List<byte[]> _blobs = [];
    private readonly List<DateOnly> _days = [];
    private readonly List<string> _counts = [];

    public PartitionWatermark Watermark { get; } = watermark;

    public IReadOnlyList<string> Customers => _customers;

    /// <summary>One a customer.</summary>
    public IReadOnlyList<byte[]> Blobs => _blobs;

    public IReadOnlyList<DateOnly> Days => _days;

    /// <summary>One a day, as stored; the whole count of the partition's records of that day and not only of the chunk's.</summary>
    public IReadOnlyList<string> Counts => _counts;

    /// <param name="blob">Not to be changed any more: a call whose answer was lost is made again with it.</param>
    public void Put(string customer, byte[] blob)
    {
        _customers.Add(customer);
        _blobs.Add(blob);
    }

    public void Put(DateOnly day, OutcomeCounts counts)
    {
        _days.Add(day);
        _counts.Add(counts.ToString());
    }
}
