using System.Text.Json;
using WinBack.Adapters.Kafka;

namespace WinBack.FaultWorker;

/// <summary>A line of standard output that tells how far the worker is.</summary>
/// <param name="Records">Folded by this process, of all outcomes.</param>
/// <param name="Fenced">Times that it was refused because another worker had taken over.</param>
/// <param name="TailLost">Times that it found that Redis had lost its tail.</param>
/// <param name="Partitions">Owned now; -1 before the first assignment.</param>
internal sealed record WorkerReport(long Records, long Fenced, long TailLost, int Partitions)
{
    private const string Prefix = "report ";

    internal static WorkerReport Of(IngestProgress progress) =>
        new(progress.Records, progress.Fenced, progress.TailLost, progress.AssignedPartitions);

    /// <returns>Null when the line is another.</returns>
    internal static WorkerReport? Parse(string line) =>
        line.StartsWith(Prefix, StringComparison.Ordinal) ? JsonSerializer.Deserialize<WorkerReport>(line[Prefix.Length..]) : null;

    internal string ToLine() => Prefix + JsonSerializer.Serialize(this);
}
