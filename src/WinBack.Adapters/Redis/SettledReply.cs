using WinBack.Core.Decisions;

namespace WinBack.Adapters.Redis;

/// <summary>What callers are told of a decision that has settled: by this call, or before it.</summary>
internal static class SettledReply
{
    internal static ConfirmReply ToConfirm(Decision decision) => new(
        decision.Status switch
        {
            DecisionStatus.None => ConfirmOutcome.NothingReserved,
            DecisionStatus.Released => ConfirmOutcome.Released,
            DecisionStatus.Expired => ConfirmOutcome.Expired,
            _ => ConfirmOutcome.Confirmed,
        },
        decision);

    internal static ReleaseReply ToRelease(Decision decision) => new(
        decision.Status switch
        {
            DecisionStatus.None => ReleaseOutcome.NothingReserved,
            DecisionStatus.Confirmed => ReleaseOutcome.Confirmed,
            DecisionStatus.Expired => ReleaseOutcome.Expired,
            _ => ReleaseOutcome.Released,
        },
        decision);
}
