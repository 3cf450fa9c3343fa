using WinBack.Core.Decisions;
using WinBack.Core.Events;

namespace WinBack.Testing.Oracles;

/// <summary>What a log must have become.</summary>
/// <param name="Blobs">
/// The state blob of every customer that must have one. It does not depend on how the streams are mixed.
/// </param>
/// <param name="Outcomes">
/// One a record, in the order of the log, if the worker reads it in that order. For customers in
/// <paramref name="Erased"/> another mix of the streams gives other outcomes; for all others it does not.
/// </param>
/// <param name="Faults">One a record; set exactly for dead letters.</param>
public sealed record NaiveFoldResult(
    IReadOnlyDictionary<string, byte[]> Blobs,
    IReadOnlyList<FoldOutcome> Outcomes,
    IReadOnlyList<RecordFault> Faults,
    IReadOnlySet<string> Erased)
{
    public int Count(FoldOutcome outcome) => Outcomes.Count(o => o == outcome);
}
