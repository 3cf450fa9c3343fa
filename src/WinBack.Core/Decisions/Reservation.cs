using WinBack.Core.Caps;
using WinBack.Core.Policy;

namespace WinBack.Core.Decisions;

/// <summary>RESERVE on a ledger in memory: what reserve.lua does in Redis.</summary>
public static class Reservation
{
    /// <summary>Takes places for the first candidate that all its caps allow.</summary>
    /// <param name="plan">Not a preview.</param>
    /// <param name="clock">UTC.</param>
    public static ReserveResult Reserve(DecisionPlan plan, CapLedger caps, DateTimeOffset clock)
    {
        ReserveResult asked = Ask(plan, caps, clock, out long now);
        if (asked.Chosen < 0) return asked;
        caps.Take(plan.Id!.Value.Request, plan.Ranking[asked.Chosen].Caps, now, plan.Reservation);
        return asked with { ExpireTime = asked.ClockTime + plan.Reservation, Status = DecisionStatus.Reserved };
    }

    internal static ReserveResult Preview(DecisionPlan plan, CapLedger caps, DateTimeOffset clock) =>
        Ask(plan, caps, clock, out _);

    private static ReserveResult Ask(DecisionPlan plan, CapLedger caps, DateTimeOffset clock, out long now)
    {
        now = caps.Advance(clock);
        var denials = new List<CapDenial>();
        int chosen = caps.FirstAllowed(plan.Ranking, now, denials);
        return new ReserveResult(chosen, CapTime.ToTime(now), ExpireTime: null, denials, DecisionStatus.None);
    }
}
