namespace WinBack.Adapters.Kafka;

/// <summary>What the watermark in Redis says to a worker.</summary>
internal enum ChunkVerdict
{
    /// <summary>It is the one expected: go on.</summary>
    Continue,

    /// <summary>A higher epoch: another worker owns the partition. Drop everything and stop.</summary>
    Fenced,

    /// <summary>
    /// Lower or missing: Redis lost its tail. Or another worker fenced this one and is gone. The partition was taken over
    /// again; consume from the new watermark.
    /// </summary>
    SeekBack,
}
