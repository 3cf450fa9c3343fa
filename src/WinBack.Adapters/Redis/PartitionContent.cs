namespace WinBack.Adapters.Redis;

/// <summary>States and counts of one partition, and the watermark that they are of.</summary>
/// <param name="Watermark">Null when nobody has taken the partition over yet.</param>
/// <param name="Blobs">One a customer asked for, in their order; null where there is no state.</param>
/// <param name="Counts">One a day asked for, in their order.</param>
public readonly record struct PartitionContent(PartitionWatermark? Watermark, byte[]?[] Blobs, OutcomeCounts[] Counts);
