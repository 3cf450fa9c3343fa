using WinBack.Adapters.Playbooks;
using WinBack.Cli;
using WinBack.Cli.Import;
using WinBack.Cli.Replay;
using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Features;
using WinBack.Core.Policy;
using WinBack.Core.State;
using WinBack.Trees.ModelFiles;
using Xunit.Abstractions;

namespace WinBack.Tests.Decisions;

/// <summary>The shipped playbook and models on the shipped data: varied, explained, and true to what the data lacks.</summary>
public sealed class DefaultPlaybookTests(ITestOutputHelper output)
{
    private static readonly FeatureSchema Schema = FeatureSchema.Default;
    private static readonly DateTimeOffset EndOfData = new(2011, 12, 9, 12, 50, 0, TimeSpan.Zero);

    [Fact]
    public void OnlineRetail_AllCustomers_GetVariedAndExplainedAnswers()
    {
        PlaybookModel playbook = PlaybookFile.Load(
            RepositoryFiles.Path("playbooks", "default.yaml"), Schema.Names).Model!;
        var scorer = new Scorer(
            ModelDirectory.Load(RepositoryFiles.Path("models", "churn"), Schema.Hash),
            ModelDirectory.Load(RepositoryFiles.Path("models", "winback"), Schema.Hash), Schema);
        Decision[] decisions = Replay().Select(customer => Decide(customer.Key, customer.Value, scorer, playbook)).ToArray();
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

    private static Dictionary<string, CustomerState> Replay()
    {
        var import = new OnlineRetailImport([]);
        using (InputFile file = InputFile.Open(RepositoryFiles.Path("samples", "online_retail.csv.gz"), "--input"))
        using (var reader = new OnlineRetailReader(file))
            foreach (OnlineRetailLine line in reader.ReadAll()) import.Add(line);
        var replay = new EventReplay(new FoldOptions());
        foreach (V1.CustomerEvent e in import.ToEvents()) replay.Apply(e);
        return replay.States.ToDictionary();
    }

    private static Decision Decide(string customer, CustomerState state, Scorer scorer, PlaybookModel playbook)
    {
        var context = new FeatureContext();
        context.Load(state, EndOfData);
        float[] features = new float[Schema.Count];
        Schema.Write(context, features);
        var snapshot = new CustomerSnapshot(state, "", CapLedger.Empty);
        DecisionPlan plan = new DecisionPipeline(Schema.Hash, 8).Plan(
            new DecisionRequest(new CustomerId(customer), null, []), snapshot, features, scorer.Score(features), playbook, EndOfData);
        return DecisionPipeline.Conclude(plan, DecisionPipeline.Preview(plan, snapshot, EndOfData));
    }
}
