namespace WinBack.Adapters.Redis;

/// <summary>What several nodes have seen of one challenger, as if one had.</summary>
internal static class ShadowSum
{
    /// <summary>
    /// Counts add up and means are weighted by requests. Rank correlations are averaged likewise, which is near the whole's
    /// where nodes see customers by chance.
    /// </summary>
    /// <param name="readings">At least one; all of one pair of versions.</param>
    internal static V1.ShadowReading Of(IEnumerable<V1.ShadowReading> readings)
    {
        V1.ShadowReading[] all = [.. readings];
        if (all.Length == 1) return all[0];
        var sum = new V1.ShadowReading { Challenger = all[0].Challenger, Champion = all[0].Champion };
        foreach (var tier in all.SelectMany(r => r.Segments).GroupBy(s => s.ValueTier).OrderBy(g => g.Key))
            sum.Segments.Add(Of(tier.Key, [.. tier]));
        double requests = all.Sum(RequestsOf);
        if (requests > 0) sum.RankCorrelation = all.Sum(r => r.RankCorrelation * RequestsOf(r)) / requests;
        return sum;
    }

    private static V1.ShadowSegment Of(V1.ValueTier tier, V1.ShadowSegment[] parts)
    {
        long requests = parts.Sum(p => p.Requests);
        double count = Math.Max(1, requests);
        return new V1.ShadowSegment
        {
            ValueTier = tier,
            Requests = requests,
            MeanDelta = parts.Sum(p => p.MeanDelta * p.Requests) / count,
            MeanAbsoluteDelta = parts.Sum(p => p.MeanAbsoluteDelta * p.Requests) / count,
            Disagreement = parts.Sum(p => p.Disagreement * p.Requests) / count,
        };
    }

    private static long RequestsOf(V1.ShadowReading reading) => reading.Segments.Count > 0 ? reading.Segments[0].Requests : 0;
}
