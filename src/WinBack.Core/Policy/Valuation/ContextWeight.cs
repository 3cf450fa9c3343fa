namespace WinBack.Core.Policy.Valuation;

/// <summary>Validated <see cref="ContextWeightConfig"/>.</summary>
public sealed record ContextWeight(FeatureCondition When, double Weight)
{
    internal static void Check(string path, ContextWeightConfig config, FieldChecks check)
    {
        check.Comparison(path, config.Feature, config.Op, config.Value);
        check.Range(path + ".weight", config.Weight, 0.01, 100, "", "V1");
    }
}
