using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Policy;

namespace WinBack.Core.Outcomes;

/// <summary>Every answer that a plan may come to, with its probability, the caps as they were read.</summary>
public static class AnswerOdds
{
    /// <param name="caps">As they were read with the customer.</param>
    /// <returns>By option, "" for nothing; adds up to 1.</returns>
    public static IReadOnlyDictionary<string, double> Of(DecisionPlan plan, CapLedger caps)
    {
        var odds = new Dictionary<string, double>(StringComparer.Ordinal);
        if (plan.Chance is not { } chance)
        {
            int chosen = Reservation.Preview(plan, caps.Copy(), plan.DecideTime).Chosen;
            odds[chosen < 0 ? "" : plan.Ranking[chosen].Action] = 1;
            return odds;
        }

        long total = chance.NothingWeight;
        foreach (Candidate candidate in plan.Ranking.Concat(chance.Withheld)) total += candidate.DrawWeight;
        foreach (Candidate candidate in plan.Ranking.Concat(chance.Withheld))
            if (candidate.DrawWeight > 0) odds[candidate.Action] = (double)candidate.DrawWeight / total;
        if (chance.NothingWeight > 0) odds[""] = (double)chance.NothingWeight / total;
        return odds;
    }
}
