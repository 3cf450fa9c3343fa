namespace WinBack.Load.Runs;

/// <summary>The figures of one flow; one line of the summary.</summary>
/// <param name="Operations">Decisions or events, of what went well.</param>
/// <param name="Failed">Iterations that did not.</param>
/// <param name="Rate">Operations that went well a second.</param>
/// <param name="P50Ms">Of an iteration that went well, from its intended start; in milliseconds.</param>
internal sealed record LoadRow(int Round, string Flow, long Operations, long Failed, double Rate, double P50Ms, double P99Ms, double MaxMs)
{
    /// <summary>Of the rate of <see cref="Peer"/> in the same round; null for none, and in open loops, where the rate is given.</summary>
    internal double? Ratio { get; init; }

    internal string Peer { get; init; } = "";

    /// <summary>Iterations by what they came to.</summary>
    internal IReadOnlyList<(string Status, long Count)> Statuses { get; init; } = [];

    /// <summary>Statuses of the iterations that failed, with the first message of each.</summary>
    internal IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>Processor time of an operation by process, user and system, in microseconds; warm-up included.</summary>
    internal IReadOnlyDictionary<string, double> CpuMicroseconds { get; init; } = new Dictionary<string, double>();

    /// <summary>Memory at the end by process, in MiB.</summary>
    internal IReadOnlyDictionary<string, double> MemoryMiB { get; init; } = new Dictionary<string, double>();

    /// <summary>Further words on the line, such as bytes a customer.</summary>
    internal string Note { get; init; } = "";
}
