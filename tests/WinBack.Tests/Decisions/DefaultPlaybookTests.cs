using WinBack.Core.Decisions;
using WinBack.Core.Events;
using Xunit.Abstractions;

namespace WinBack.Tests.Decisions;

/// <summary>The shipped playbook and models on the shipped data: varied, explained, and true to what the data lacks.</summary>
public sealed class DefaultPlaybookTests(ITestOutputHelper output)
{
    [Fact]
    public void OnlineRetail_AllCustomers_GetVariedAndExplainedAnswers()
    {
        Decision[] decisions = ShippedDecisions.OfOnlineRetail();
        var actions = decisions.Where(d => d.Kind == DecisionKind.Action).ToArray();
        foreach (var group in decisions.GroupBy(d => (d.Action, d.Channel)).OrderByDescending(g => g.Count()))
            output.WriteLine(
                $"{group.Count(),5} {group.Key.Action,-24} {group.Key.Channel,-14} value {group.Average(d => d.Chosen?.ExpectedValueMicros / 1e6 ?? 0):0.00}"
                + $"  {group.First().Customer}: {string.Join(" | ", group.First().Reasons)}  next {group.First().NextEligibleTime:O}");

        Assert.True(decisions.Length > 4_000);
        Assert.True(actions.Select(d => d.Action).Distinct().Count() >= 6, "the answers are not varied");
        Assert.True(actions.Select(d => d.Channel).Distinct().Count() >= 3, "the channels are not varied");
        Assert.InRange(actions.GroupBy(d => d.Action).Max(g => g.Count()) / (double)actions.Length, 0, 0.6);
        Assert.All(decisions, d => Assert.NotEmpty(d.Reasons));
        Assert.All(actions, d => Assert.True(d.Plan.Silence >= TimeSpan.FromDays(60)));
        // Nobody in this data agreed to texts, calls or push (A12, C1), and nobody was touched before (S2).
        Assert.DoesNotContain(actions, d => d.Channel is Channel.Sms or Channel.Call or Channel.Push || d.Chosen!.Offer.Length > 0);
        Assert.All(
            decisions.Where(d => d.Kind == DecisionKind.NoAction && d.Plan.Silence < TimeSpan.FromDays(60)),
            d => Assert.NotNull(d.NextEligibleTime));
    }
}
