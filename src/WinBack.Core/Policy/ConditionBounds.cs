namespace WinBack.Core.Policy;

/// <summary>Whether conditions leave any value open.</summary>
internal static class ConditionBounds
{
    /// <summary>A feature for which no value meets all conditions; null when there is none.</summary>
    internal static string? Contradicted(List<ConditionConfig> conditions)
    {
        foreach (IGrouping<string, ConditionConfig> feature in conditions.GroupBy(c => c.Feature, StringComparer.Ordinal))
        {
            // A missing value meets them if each says so; what is no condition is told field by field.
            if (feature.All(c => c.PassesWhenMissing) || feature.Any(c => double.IsNaN(c.Value))) continue;
            bool isProbability = PlaybookBuilder.IsScore(feature.Key);
            if (IsEmpty([.. feature], isProbability ? 0 : double.NegativeInfinity, isProbability ? 1 : double.PositiveInfinity))
                return feature.Key;
        }

        return null;
    }

    /// <summary>Tries the bounds themselves and a value between each two: if none meets all conditions, no value does.</summary>
    private static bool IsEmpty(ConditionConfig[] conditions, double least, double most)
    {
        double[] edges = [.. conditions.Select(c => c.Value).Append(least).Append(most).Where(v => v >= least && v <= most).Distinct().Order()];
        for (int i = 0; i < edges.Length; i++)
        {
            if (double.IsFinite(edges[i]) && Meets(conditions, edges[i])) return false;
            if (i + 1 < edges.Length && Meets(conditions, Between(edges[i], edges[i + 1]))) return false;
        }

        return true;
    }

    private static double Between(double low, double high) => (double.IsFinite(low), double.IsFinite(high)) switch
    {
        (true, true) => low + ((high - low) / 2),
        (true, false) => low + 1,
        (false, true) => high - 1,
        _ => 0,
    };

    private static bool Meets(ConditionConfig[] conditions, double value) => Array.TrueForAll(
        conditions,
        c => c.Op is not ("<" or "<=" or ">" or ">=" or "==" or "!=")
            || new FeatureCondition(c.Feature, 0, c.Op, c.Value, c.PassesWhenMissing).Holds(value));
}
