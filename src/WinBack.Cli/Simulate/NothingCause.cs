using WinBack.Core.Decisions;
using WinBack.Core.Policy;

namespace WinBack.Cli.Simulate;

/// <summary>
/// Why a customer got nothing, in a word: the gate that was reached last, or, where none of the actions came as far as the
/// gates, the rule that turned most of them down.
/// </summary>
internal static class NothingCause
{
    /// <param name="decision">One with no action.</param>
    internal static string Of(Decision decision)
    {
        if (decision.Plan.Experiments.Ghost is not null) return "held out (E2)";
        if (decision.Plan.Chance is { SaysNothing: true }) return "chance (E4)";
        return MostFrequent(decision.CapRejections) ?? MostFrequent(Gates(decision)) ?? MostFrequent(decision.Plan.Rejections)
            ?? "nothing to choose from";
    }

    /// <summary>What was eligible, and then left to those who are worth more, or not worth what it costs.</summary>
    private static IReadOnlyList<Rejection> Gates(Decision decision) =>
        [.. decision.Plan.Rejections.Where(r => r.Stage is EligibilityStage.Value or EligibilityStage.Cap or EligibilityStage.Capacity)];

    private static string? MostFrequent(IReadOnlyList<Rejection> rejections) => rejections
        .GroupBy(r => $"{Names.Of(r.Stage)} ({r.Rule})").OrderByDescending(g => g.Count())
        .ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key).FirstOrDefault();
}
