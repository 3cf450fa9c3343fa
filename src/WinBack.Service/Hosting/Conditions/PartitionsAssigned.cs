using WinBack.Adapters.Kafka;

namespace WinBack.Service.Hosting.Conditions;

/// <summary>The consumer group has given this process its partitions, be it none.</summary>
internal sealed class PartitionsAssigned(IngestProgress ingest) : IReadinessCondition
{
    public string Name => "partitions";

    public Task<string?> MissingAsync(CancellationToken stop) =>
        Task.FromResult(ingest.AssignedPartitions < 0 ? "no partitions assigned yet" : null);
}
