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

    /// <summary>The plan without them: turned down until the period ends. Also makes a stored plan again.</summary>
    public static DecisionPlan Without(DecisionPlan plan, IReadOnlyList<CapacityShortage> shortages)
    {
        if (shortages.Count == 0) return plan;
        var rejections = new List<Rejection>(plan.Rejections);
        var ranking = new List<Candidate>(plan.Ranking);
        DateTimeOffset? next = plan.EligibleTime;
        foreach (CapacityShortage shortage in shortages)
        {
            if (ranking.Find(c => c.Action == shortage.Action) is not { } candidate) continue;
            if (candidate.Capacities.FirstOrDefault(u => u.Key == shortage.Key) is not { } use) continue;
            ranking.Remove(candidate);
            rejections.Add(CapacityRules.Exhausted(candidate, use, shortage.Left));
            DateTimeOffset? open = candidate.Window is { } window ? window.NextOpen(use.End) : use.End;
            if (open is not null && !(open >= candidate.CloseTime) && !(next <= open)) next = open;
        }

        return plan with { Ranking = ranking, Rejections = rejections, EligibleTime = next, CapacityShortages = shortages };
    }
}
