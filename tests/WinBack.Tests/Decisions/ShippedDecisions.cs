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

namespace WinBack.Tests.Decisions;

/// <summary>What the shipped playbook and models decide for the shipped data.</summary>
internal static class ShippedDecisions
{
    private static readonly FeatureSchema Schema = FeatureSchema.Default;
    private static readonly DateTimeOffset EndOfData = new(2011, 12, 9, 12, 50, 0, TimeSpan.Zero);

    /// <summary>One for each customer, at the end of the data.</summary>
    internal static Decision[] OfOnlineRetail()
    {
        PlaybookModel playbook = PlaybookFile.Load(
            RepositoryFiles.Path("playbooks", "default.yaml"), Schema.Names).Model!;
        Scorer scorer = Scorer();
        return Replay().Select(customer => Decide(customer.Key, customer.Value, scorer, playbook)).ToArray();
    }

    /// <summary>With the shipped models.</summary>
    internal static Scorer Scorer() => new(
        ModelDirectory.Load(RepositoryFiles.Path("models", "churn"), Schema.Hash),
        ModelDirectory.Load(RepositoryFiles.Path("models", "winback"), Schema.Hash), Schema);

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
