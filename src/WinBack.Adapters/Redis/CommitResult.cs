namespace WinBack.Adapters.Redis;

/// <summary>Whether a chunk is in Redis.</summary>
/// <param name="Found">When it is not: the watermark found instead, null when there was none.</param>
public readonly record struct CommitResult(bool IsCommitted, PartitionWatermark? Found)
{
    public static CommitResult Committed { get; } = new(true, null);
}
