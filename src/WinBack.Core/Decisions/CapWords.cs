using System.Globalization;
using WinBack.Core.Caps;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Sequences;

namespace WinBack.Core.Decisions;

/// <summary>Cap denials as rejections.</summary>
internal static class CapWords
{
    internal static List<Rejection> Rejections(DecisionPlan plan, ReserveResult result)
    {
        var rejections = new List<Rejection>(result.Denials.Count);
        foreach (CapDenial denial in result.Denials) rejections.Add(Rejection(plan.Ranking, denial));
        return rejections;
    }

    internal static Rejection Rejection(IReadOnlyList<Candidate> ranking, CapDenial denial)
    {
        Candidate candidate = ranking[denial.Candidate];
        CapUse cap = candidate.Caps[denial.Cap];
        return new Rejection(
            candidate.Action, candidate.Channel, EligibilityStage.Cap,
            (GuardKeys.IsGuard(cap.Key) ? GuardKeys.RuleOf(cap.Key) : "C2") + " " + cap.Key,
            Touches(denial.Count, cap), "fewer than " + Touches(cap.Limit, cap), denial.AllowedTime);
    }

    private static string Touches(int count, CapUse cap) => string.Create(
        CultureInfo.InvariantCulture, $"{count} in {(cap.Period == CapPeriod.None ? Span(cap.Window) : "one " + Names.Of(cap.Period))}");

    private static string Span(TimeSpan window) => window.Ticks % TimeSpan.TicksPerDay == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{window.Days} d")
        : string.Create(CultureInfo.InvariantCulture, $"{window:c}");
}
