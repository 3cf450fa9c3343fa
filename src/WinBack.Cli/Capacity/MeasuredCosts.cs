namespace WinBack.Cli.Capacity;

/// <summary>
/// What things cost, each as measured and told in docs/PERFORMANCE.md, where the commands stand that measure it again. Capacity
/// plans are computed of these figures and of nothing else. Processor time is user and system, in microseconds of one core.
/// </summary>
internal static class MeasuredCosts
{
    /// <summary>Bytes of a customer's state in Redis: blob, key, and their share of the table of keys. Source: Memory, subscription mix.</summary>
    public const double StateBytes = 515;

    /// <summary>The same in a snapshot, and in the append-only file after it was rewritten. Source: Memory, subscription mix.</summary>
    public const double SnapshotBytes = 358;

    /// <summary>Appended to the append-only file for each event whose customer has no other event in the chunk. Source: Memory.</summary>
    public const double AppendedBytesAnEvent = 422;

    /// <summary>
    /// Bytes of one decision in Redis, whether an action or nothing: its mean length for the customers of Online Retail, and key and hash.
    /// Source: Decide, "Smaller decisions".
    /// </summary>
    public const double DecisionBytes = 900;

    /// <summary>Of a decision on the topic, before its batch is compressed. Source: Decide, "Smaller decisions".</summary>
    public const double DecisionMessageBytes = 3_635;

    /// <summary>Of the process that folds, an event. Source: Fold.</summary>
    public const double FoldMicros = 12;

    /// <summary>Of Redis, an event. Source: Fold.</summary>
    public const double FoldRedisMicros = 2.4;

    /// <summary>Of the service, a decision that is stored. Source: Decide.</summary>
    public const double DecideMicros = 170;

    /// <summary>Of Redis, a decision that is stored, its way to the decisions topic included. Source: Decide.</summary>
    public const double DecideRedisMicros = 68;

    /// <summary>
    /// Of a record with an event in Kafka, uncompressed: key, value, time stamp and lengths. Source: Fold, whose records take 73,
    /// and 27 more for event ids as long as a UUID.
    /// </summary>
    public const double EventBytes = 100;

    /// <summary>Of a state kept by the fold's process, so that it is not read back from Redis. Source: Fold.</summary>
    public const double CachedStateBytes = 515;
}
