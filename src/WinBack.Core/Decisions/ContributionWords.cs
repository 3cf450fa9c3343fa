using System.Globalization;
using WinBack.Core.Features;

namespace WinBack.Core.Decisions;

/// <summary>A contribution in a sentence: "412 days since the last purchase raises churn by 0.84 (log-odds)".</summary>
public static class ContributionWords
{
    public static string Of(FeatureContribution contribution, FeatureDefinition feature, ScoreExplanation explanation)
    {
        bool isLogOdds = !double.IsNaN(explanation.LogOddsPerScore);
        double change = contribution.Contribution * (isLogOdds ? explanation.LogOddsPerScore : 1);
        string verb = change > 0 ? "raises" : "lowers";
        string unit = isLogOdds ? "log-odds" : "raw score";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Fact(contribution.Value, feature)} {verb} {explanation.ModelName} by {Math.Abs(change):0.00##} ({unit})");
    }

    /// <summary>Descriptions of counts and of days begin with what is counted, so that the number goes before them.</summary>
    private static string Fact(float value, FeatureDefinition feature)
    {
        if (float.IsNaN(value)) return $"missing {feature.Name} ({feature.Description})";
        string number = value.ToString("#,0.##", CultureInfo.InvariantCulture);
        bool isCounted = feature.Unit is "count" or "days" && !feature.Description.StartsWith("mean ", StringComparison.Ordinal);
        return isCounted ? $"{number} {feature.Description}" : $"{feature.Name} of {number} ({feature.Description})";
    }
}
