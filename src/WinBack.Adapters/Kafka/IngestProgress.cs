using WinBack.Core.Decisions;

namespace WinBack.Adapters.Kafka;

/// <summary>How far this process's ingest has come since it started; for progress display, readiness and tests.</summary>
public sealed class IngestProgress
{
    private readonly long[] _outcomes = new long[Enum.GetValues<FoldOutcome>().Length];
    private long _fenced;
    private long _tailLost;
    private int _assigned = -1;
    private long _lag = -1;

    /// <summary>Records of all outcomes.</summary>
    public long Records => _outcomes.Sum();

    /// <summary>Commits refused because another worker had taken over.</summary>
    public long Fenced => Interlocked.Read(ref _fenced);

    /// <summary>Times that Redis was found to have lost its tail.</summary>
    public long TailLost => Interlocked.Read(ref _tailLost);

    /// <summary>Partitions owned; -1 before the first assignment.</summary>
    public int AssignedPartitions
    {
        get => Volatile.Read(ref _assigned);
        internal set => Volatile.Write(ref _assigned, value);
    }

    /// <summary>Records of the partitions owned that are not folded yet; null while the brokers have not told of all of them.</summary>
    public long? Lag
    {
        get => Interlocked.Read(ref _lag) is var lag && lag < 0 ? null : lag;
        internal set => Interlocked.Exchange(ref _lag, value ?? -1);
    }

    public long this[FoldOutcome outcome] => Interlocked.Read(ref _outcomes[(int)outcome]);

    internal void Add(FoldOutcome outcome, int records) => Interlocked.Add(ref _outcomes[(int)outcome], records);

    internal void Add(ChunkVerdict verdict)
    {
        if (verdict == ChunkVerdict.Fenced) Interlocked.Increment(ref _fenced);
        if (verdict == ChunkVerdict.SeekBack) Interlocked.Increment(ref _tailLost);
    }
}
