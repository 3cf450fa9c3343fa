using System.Globalization;
using WinBack.Core.Caps;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Exploration;

namespace WinBack.Core.Decisions;

/// <summary>Lets chance order a ranking, when the playbook wants it. A function of its arguments: the seed is the chance.</summary>
internal static class ChanceOrder
{
    /// <param name="ranking">Best first; put into the drawn order.</param>
    /// <param name="caps">As they were read.</param>
    /// <param name="seed">16 hex digits.</param>
    /// <returns>Null when chance has no part in it.</returns>
    internal static Chance? Draw(PolicyContext c, List<Candidate> ranking, CapLedger caps, string seed)
    {
        ExplorationModel exploration = c.Playbook.Exploration;
        // What is owed to a customer is not left to chance, nor is what an experiment has put into an order.
        if (exploration.Method == ExplorationMethod.Off || c.Draw.OrdersChannels) return null;
        if (ranking.Exists(candidate => candidate.IsTransactional)) return null;
        bool[] isFree = ranking.ConvertAll(candidate => caps.FreeTime(candidate.Caps, c.AsOf) <= c.AsOf).ToArray();
        int first = Array.IndexOf(isFree, true);
        if (first < 0) return null;

        var free = new List<Candidate>();
        var capped = new List<Candidate>();
        for (int i = first; i < ranking.Count; i++) (isFree[i] ? free : capped).Add(ranking[i]);
        int[] weights = WeightsOf(free, exploration);
        for (int i = 0; i < free.Count; i++) free[i] = free[i] with { DrawWeight = weights[i] };
        ranking.RemoveRange(first, ranking.Count - first);
        List<Candidate> withheld = Order(free, ranking, seed);
        withheld.AddRange(capped);
        return new Chance(weights[^1], first, withheld, exploration.NothingRest);
    }

    private static int[] WeightsOf(List<Candidate> free, ExplorationModel exploration)
    {
        Span<double> means = stackalloc double[free.Count];
        Span<double> deviations = stackalloc double[free.Count];
        for (int i = 0; i < free.Count; i++) (means[i], deviations[i]) = (free[i].Terms.Priority, free[i].Terms.Deviation);
        return ChoiceWeights.Of(means, deviations, exploration);
    }

    /// <summary>Appends to the ranking until nothing is drawn.</summary>
    /// <returns>Those left over.</returns>
    private static List<Candidate> Order(List<Candidate> free, List<Candidate> ranking, string seed)
    {
        var draw = new SeededDraw(ulong.Parse(seed, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        int left = ChoiceWeights.Total;
        // What has no weight is never drawn.
        while (free.Count > 0 && left > 0)
        {
            int at = draw.Below(left);
            int i = 0;
            while (i < free.Count && at >= free[i].DrawWeight) at -= free[i++].DrawWeight;
            if (i == free.Count) break;
            ranking.Add(free[i]);
            left -= free[i].DrawWeight;
            free.RemoveAt(i);
        }

        return free;
    }
}
