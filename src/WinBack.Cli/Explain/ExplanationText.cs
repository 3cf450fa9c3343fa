using WinBack.Core.Decisions;
using WinBack.Core.Features;

namespace WinBack.Cli.Explain;

/// <summary>An explanation in words and numbers, for a terminal.</summary>
internal static class ExplanationText
{
    internal static void Write(TextWriter text, ScoreExplanation explanation, FeatureSchema schema, int top)
    {
        text.WriteLine();
        text.WriteLine(FormattableString.Invariant($"{explanation.ModelVersion}: {explanation.Probability:P1}"));
        text.WriteLine(FormattableString.Invariant($"  {explanation.ExpectedScore,9:0.0000}  expected score, the mean of the training rows"));
        foreach (FeatureContribution contribution in explanation.Contributions.Take(top))
        {
            string words = ContributionWords.Of(contribution, schema.Features[contribution.Feature], explanation);
            text.WriteLine(FormattableString.Invariant($"  {contribution.Contribution,9:+0.0000;-0.0000}  {words}"));
        }

        FeatureContribution[] rest = [.. explanation.Contributions.Skip(top)];
        if (rest.Length > 0)
            text.WriteLine(FormattableString.Invariant(
                $"  {rest.Sum(c => c.Contribution),9:+0.0000;-0.0000}  {rest.Length} more features together"));
        text.WriteLine(FormattableString.Invariant($"  {explanation.RawScore,9:0.0000}  raw score"));
    }
}
