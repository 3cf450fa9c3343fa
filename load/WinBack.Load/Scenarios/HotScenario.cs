using WinBack.Load.Arguments;
using WinBack.Load.Runs;
using WinBack.Load.Target;

namespace WinBack.Load.Scenarios;

/// <summary>
/// All callers ask for one and the same customer, so every reservation meets the others' in one partition, and the caps are
/// full at once. The peer is the same load spread over all customers: a rate far below it would be a collapse.
/// </summary>
internal sealed class HotScenario : ServiceScenario
{
    internal override string Name => "hot";

    internal override string Summary => "Decisions for one hot customer, beside the same spread over all of them.";

    internal override LoadDefaults Defaults { get; } = new(TimeSpan.FromSeconds(15), Copies: 64);

    protected override IEnumerable<LoadPart> Parts(LoadTarget target, LoadPlan plan, LoadReport report, CancellationToken stop)
    {
        string hot = target.Population[0];
        yield return LoadPart.Of("spread", Calls.Decide(target, target.Population.Pick, isPreview: false), plan.Shape(plan.PeerFor), isPeer: true);
        yield return LoadPart.Of("hot", Calls.Decide(target, () => hot, isPreview: false), plan.Shape(plan.For), peer: "spread");
    }
}
