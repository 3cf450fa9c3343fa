using WinBack.Adapters.Playbooks;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Features;
using WinBack.Core.Policy;
using WinBack.Core.State;
using WinBack.Trees.ModelFiles;

namespace WinBack.Bench.Decisions;

/// <summary>The shipped playbook and models, and a customer who bought three times and has been silent for eleven weeks.</summary>
internal sealed class ShippedProgramme
{
    internal const int Partitions = 8;
    internal static readonly CustomerId Customer = new("bench");
    internal static readonly DateTimeOffset Now = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly FeatureSchema Schema = FeatureSchema.Default;

    internal ShippedProgramme()
    {
        string root = RepositoryRoot();
        Playbook = PlaybookFile.Load(Path.Combine(root, "playbooks", "default.yaml"), Schema.Names).Model
            ?? throw new InvalidOperationException("the shipped playbook is refused");
        Scorer = new Scorer(
            ModelDirectory.Load(Path.Combine(root, "models", "churn"), Schema.Hash),
            ModelDirectory.Load(Path.Combine(root, "models", "winback"), Schema.Hash), Schema);
        State = new CustomerState();
        var pipeline = new EventPipeline(new FoldOptions());
        for (int i = 0; i < 3; i++)
        {
            DateTimeOffset time = Now.AddDays(-182 + (35 * i));
            var payload = new BillingPayload(BillingKind.Purchase, 80_000_000, 3, "", "gift", "", null);
            var e = new CustomerEvent(new EventId($"e{i}"), Customer, time, "", payload);
            pipeline.Fold(new EventRecord(EventStream.Billing, 0, i, time, e), State);
        }

        Blob = new StateCodec().Encode(State).ToArray();
        Features = FeaturesOf(State, new FeatureContext());
    }

    internal PlaybookModel Playbook { get; }

    internal Scorer Scorer { get; }

    internal CustomerState State { get; }

    internal byte[] Blob { get; }

    internal float[] Features { get; }

    internal DecisionPipeline Pipeline { get; } = new(Schema.Hash, Partitions);

    internal static float[] FeaturesOf(CustomerState state, FeatureContext context)
    {
        context.Load(state, Now);
        float[] features = new float[Schema.Count];
        Schema.Write(context, features);
        return features;
    }

    private static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "WinBack.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"no WinBack.sln above {AppContext.BaseDirectory}");
    }
}
