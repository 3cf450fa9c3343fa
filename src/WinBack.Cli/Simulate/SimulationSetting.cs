using WinBack.Core.Decisions;
using WinBack.Core.Policy.Updates;

namespace WinBack.Cli.Simulate;

/// <summary>Under what a playbook is run; the same for those that are compared.</summary>
/// <param name="Start">UTC. What happened before it is folded first.</param>
/// <param name="Longest">Time between two decisions about a customer.</param>
/// <param name="Seed">Of everything drawn.</param>
/// <param name="Updates">Of the product, those to come included.</param>
internal sealed record SimulationSetting(
    Scorer Scorer, DateTimeOffset Start, int Days, TimeSpan Longest, string Seed, UpdateCatalogue Updates)
{
    /// <summary>UTC; the first instant after it.</summary>
    internal DateTimeOffset End => Start.AddDays(Days);

    /// <summary>From 0.</summary>
    internal int DayOf(DateTimeOffset time) => (int)(time - Start).TotalDays;
}
