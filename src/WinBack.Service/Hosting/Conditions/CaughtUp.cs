using WinBack.Adapters.Kafka;

namespace WinBack.Service.Hosting.Conditions;

/// <summary>
/// The fold was once no further behind than the bound since this process began: a roll-out goes on to the next node only when this
/// one keeps up.
/// </summary>
/// <remarks>
/// Lag that comes later takes nobody out. Nothing is sent to a node because it folds, so there is nothing to keep from it; with
/// both roles in one process all nodes would go out together, and answers from states that are some minutes old, with caps that
/// are exact, are better than none. Lag is what WinBackFoldLags tells of.
/// </remarks>
internal sealed class CaughtUp(IngestProgress ingest, long mostRecords) : IReadinessCondition
{
    private bool _wasCaughtUp;

    public string Name => "lag";

    public Task<string?> MissingAsync(CancellationToken stop)
    {
        if (ingest.AssignedPartitions < 0) return Task.FromResult<string?>(null);
        long? lag = ingest.Lag;
        _wasCaughtUp |= lag <= mostRecords;
        return Task.FromResult(
            _wasCaughtUp ? null
            : lag is null ? "how far the fold is behind is not known yet"
            : $"{lag} records are not folded yet; ready at {mostRecords} (Readiness:StartLag)");
    }
}
