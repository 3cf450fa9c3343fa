using System.Globalization;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using WinBack.Adapters.Playbooks;
using WinBack.Adapters.Wire;
using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Features;
using WinBack.Core.Policy;
using WinBack.Tests.Policy;

namespace WinBack.Tests.Cli.PolicyLogs;

/// <summary><c>winback evaluate-policy</c> on a log of a playbook with chance, where it is known what each action brings.</summary>
[Trait("Rule", "E4")]
public sealed class EvaluatePolicyCommandTests : IDisposable
{
    private const int Customers = 500;
    private const int DecisionsPerCustomer = 4;

    private const string Playbook = """
        name: logged
        currency: GBP
        unknown_consent: { email: allow, print: allow }
        exploration: { method: thompson, floor: 0.15, nothing_floor: 0.1 }
        actions:
          - { name: reminder, channel: email, content: a, response_odds_ratio: 2 }
          - { name: letter, channel: print, content: b, response_odds_ratio: 2.2, contact_cost: 0.5 }
        """;

    private static readonly DateTimeOffset Now = CustomerHistory.Now;
    private static readonly Dictionary<string, double> Returns = new() { [""] = 0.1, ["reminder"] = 0.2, ["letter"] = 0.5 };
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Evaluate_AnotherPlaybook_IntervalsHoldTheTruth()
    {
        (string log, string outcomes) = WriteLog(Playbook);
        // Nothing but the best for sure: without costs that is the letter.
        string policy = _folder.Write("new.yaml", Playbook.Replace("method: thompson", "method: off").Replace(", contact_cost: 0.5", ""));

        (int code, string output, string error) = await CommandLine.RunAsync(
            "evaluate-policy", "--log", log, "--outcomes", outcomes, "--policy", policy);

        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith("2,000 decisions of 500 customers put to logged@", output, StringComparison.Ordinal);
        (double value, double lower, double upper) = Line(output, "doubly robust");
        Assert.InRange(0.5, lower, upper);
        Assert.InRange(value, 0.4, 0.6);
        (_, lower, upper) = Line(output, "mean weight");
        Assert.InRange(1, lower, upper);
        Assert.EndsWith("left out: 0 too recent, 0 of the holdout, 0 without inputs\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_ActionThatWasNeverTried_IsRefusedByName()
    {
        (string log, string outcomes) = WriteLog(Playbook.Replace("method: thompson", "method: off").Replace("ratio: 2.2", "ratio: 1.5"));
        string policy = _folder.Write("new.yaml", Playbook.Replace("method: thompson", "method: off").Replace(", contact_cost: 0.5", ""));

        (int code, string output, string error) = await CommandLine.RunAsync(
            "evaluate-policy", "--log", log, "--outcomes", outcomes, "--policy", policy);

        Assert.Equal((1, ""), (code, output));
        Assert.Contains("the log cannot tell", error, StringComparison.Ordinal);
        Assert.Contains("  letter: 100.0 % of its answers, at 2,000 decisions", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_WhatIsNoLog_IsRefusedWithItsLine()
    {
        string log = _folder.Write("log.jsonl", "\n{\"decision_id\": 3}\n");
        string policy = _folder.Write("new.yaml", Playbook);

        (int code, _, string error) = await CommandLine.RunAsync("evaluate-policy", "--log", log, "--outcomes", log, "--policy", policy);

        Assert.Equal(1, code);
        Assert.Contains("line 2 is no decision", error, StringComparison.Ordinal);
    }

    /// <summary>Decisions of a year ago and a conversion now and then, by the truth.</summary>
    private (string Log, string Outcomes) WriteLog(string text)
    {
        PlaybookModel playbook = PlaybookFile.Parse("logged.yaml", text, FeatureSchema.Default.Names).Model!;
        var pipeline = new DecisionPipeline(FeatureSchema.Default.Hash, 8);
        byte[] blob = CustomerHistory.BoughtOnce(90).Blob;
        float[] features = Enumerable.Repeat(float.NaN, FeatureSchema.Default.Count).ToArray();
        var random = new Random(7);
        var decisions = new List<string>();
        var outcomes = new List<string>();
        for (int i = 0; i < Customers * DecisionsPerCustomer; i++)
        {
            var customer = new CustomerId(FormattableString.Invariant($"customer-{i % Customers}"));
            DecisionPlan plan = pipeline.Plan(
                new DecisionRequest(customer, new Guid(i, 0, 0, new byte[8]), []), CustomerSnapshot.Of(blob, CapLedger.Empty), features,
                new Scores(0.8, 0.2, ["churn@1", "winback@1"]), playbook, Now);
            Decision decision = DecisionPipeline.Conclude(plan, Reservation.Reserve(plan, CapLedger.Empty, Now));
            decisions.Add(JsonFormatter.Default.Format(DecisionWire.Full(decision)));
            bool hasReturned = random.NextDouble() < Returns[decision.Action];
            outcomes.Add(JsonFormatter.Default.Format(Outcome(
                decision, i, hasReturned ? V1.OutcomeEvent.Types.Kind.Converted : V1.OutcomeEvent.Types.Kind.Delivered)));
        }

        // A decision that the topic has twice counts once.
        decisions.Add(decisions[0]);
        return (_folder.Write("log.jsonl", string.Join('\n', decisions)), _folder.Write("outcomes.jsonl", string.Join('\n', outcomes)));
    }

    private static V1.CustomerEvent Outcome(Decision decision, int number, V1.OutcomeEvent.Types.Kind kind) => new()
    {
        EventId = FormattableString.Invariant($"outcome-{number}"),
        CustomerId = decision.Customer.Value,
        // The last one is later than any window.
        EventTime = Now.AddDays(number == 0 ? 40 : 3).ToTimestamp(),
        Source = "test",
        Outcome = new V1.OutcomeEvent { DecisionId = decision.Id.ToString(), Kind = kind },
    };

    private static (double Value, double Lower, double Upper) Line(string output, string name)
    {
        Match found = Regex.Match(output, $@"^{name}\s+(-?[\d.]+)\s+(-?[\d.]+) to\s+(-?[\d.]+)$", RegexOptions.Multiline);
        Assert.True(found.Success, output);
        return (Number(found.Groups[1]), Number(found.Groups[2]), Number(found.Groups[3]));
    }

    private static double Number(Group group) => double.Parse(group.Value, CultureInfo.InvariantCulture);
}
