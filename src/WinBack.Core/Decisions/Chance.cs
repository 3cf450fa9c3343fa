using WinBack.Core.Policy;

namespace WinBack.Core.Decisions;

/// <summary>
/// What chance had to say to a plan (rules E4). Candidates that the caps allowed when they were read, and nothing, were put
/// into an order by drawing one after the other without putting back, each in proportion to its weight (Plackett and Luce).
/// What came before nothing is the ranking, behind candidates that were capped already; what came after it is withheld.
/// </summary>
/// <param name="NothingWeight">In millionths; the weights of nothing and of all drawn candidates add up to a million.</param>
/// <param name="FirstDrawn">Place in the ranking of the first candidate that was drawn.</param>
/// <param name="Withheld">Candidates behind nothing: eligible, and not to be sent this time.</param>
/// <param name="NothingRest">How much later it makes sense to ask again when nothing was drawn.</param>
public sealed record Chance(int NothingWeight, int FirstDrawn, IReadOnlyList<Candidate> Withheld, TimeSpan NothingRest)
{
    /// <summary>Whether an eligible candidate is withheld.</summary>
    public bool SaysNothing => Withheld.Count > 0 && Withheld[0].DrawWeight > 0;

    /// <summary>
    /// Probability of the answer, given what the caps allowed. In such an order the first of those that are allowed is a
    /// candidate with the probability of its weight among theirs, whatever else was in it (Luce's choice axiom): so a
    /// candidate that the caps turned down only now, between reading and reserving, leaves the others' shares as they are.
    /// </summary>
    /// <param name="chosen">Place in the ranking; -1 for nothing.</param>
    /// <param name="denied">Places in the ranking that the caps turned down, ascending.</param>
    public double ProbabilityOf(IReadOnlyList<Candidate> ranking, int chosen, IReadOnlyList<int> denied)
    {
        // What had been capped when it was read and was free a moment later was not drawn: no chance was asked.
        if (chosen >= 0 && chosen < FirstDrawn) return 1;
        long allowed = NothingWeight;
        for (int i = FirstDrawn; i < ranking.Count; i++)
            if (!denied.Contains(i)) allowed += ranking[i].DrawWeight;
        foreach (Candidate candidate in Withheld) allowed += candidate.DrawWeight;
        int weight = chosen < 0 ? NothingWeight : ranking[chosen].DrawWeight;
        return allowed == weight ? 1 : (double)weight / allowed;
    }
}
