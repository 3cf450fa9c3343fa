using WinBack.Core.Caps;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Capacities;

namespace WinBack.Core.Decisions;

/// <summary>What becomes of a plan when there are no units for some of its candidates (rules C6).</summary>
public static class UnitsShort
{
    /// <summary>Whether a candidate takes of a scarce capacity at all.</summary>
    public static bool Concerns(DecisionPlan plan)
    {
        for (int i = 0; i < plan.Ranking.Count; i++)
            if (plan.Ranking[i].Capacities.Count > 0) return true;
        return false;
    }

    /// <summary>The plan without them: turned down until enough units come back. Also makes a stored plan again.</summary>
    /// <param name="caps">As they were read: a unit is of no use before the caps let the touch pass.</param>
    public static DecisionPlan Without(DecisionPlan plan, IReadOnlyList<CapacityShortage> shortages, CapLedger caps)
    {
        if (shortages.Count == 0) return plan;
        var rejections = new List<Rejection>(plan.Rejections);
        var ranking = new List<Candidate>(plan.Ranking.Count);
        DateTimeOffset? next = plan.EligibleTime;
        foreach (Candidate candidate in plan.Ranking)
        {
            int before = rejections.Count;
            Reject(candidate, shortages, rejections);
            if (rejections.Count == before) ranking.Add(candidate);
            else if (OpenTime(candidate, rejections, before, caps.FreeTime(candidate.Caps, plan.DecideTime)) is { } open
                && !(open >= plan.RulesChangeTime) && !(next <= open)) next = open;
        }

        return plan with { Ranking = ranking, Rejections = rejections, EligibleTime = next, CapacityShortages = shortages };
    }

    private static void Reject(Candidate candidate, IReadOnlyList<CapacityShortage> shortages, List<Rejection> rejections)
    {
        foreach (CapacityShortage shortage in shortages)
        {
            if (shortage.Action != candidate.Action) continue;
            foreach (CapacityUse use in candidate.Capacities)
                if (use.Key == shortage.Key) rejections.Add(CapacityRules.Exhausted(candidate, use, shortage));
        }
    }

    /// <summary>When all of its capacities have units, caps have places, and its window is open; null for never.</summary>
    private static DateTimeOffset? OpenTime(Candidate candidate, List<Rejection> rejections, int first, DateTimeOffset free)
    {
        for (int i = first; i < rejections.Count; i++)
        {
            if (rejections[i].EligibleTime is not { } back) return null;
            if (back > free) free = back;
        }

        return Foresight.OpenTime(candidate, free);
    }
}
