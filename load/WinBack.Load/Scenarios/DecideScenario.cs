using WinBack.Load.Arguments;
using WinBack.Load.Runs;
using WinBack.Load.Target;

namespace WinBack.Load.Scenarios;

/// <summary>
/// DecideNextAction through the real client. The peer is an empty unary call (health check) on the same server with the same
/// client; validate_only is what is left without reserving and storing.
/// </summary>
internal sealed class DecideScenario : ServiceScenario
{
    internal override string Name => "decide";

    internal override string Summary => "Decisions with caps, beside an empty call and validate_only on the same server.";

    internal override LoadDefaults Defaults { get; } = new(TimeSpan.FromSeconds(15), Copies: 64);

    protected override IEnumerable<LoadPart> Parts(LoadTarget target, LoadPlan plan, LoadReport report, CancellationToken stop)
    {
        Population customers = target.Population;
        yield return LoadPart.Of("empty", Calls.Empty(target), plan.Shape(plan.PeerFor), isPeer: true);
        yield return LoadPart.Of(
            "validate_only", Calls.Decide(target, customers.Pick, isPreview: true), plan.Shape(plan.PeerFor), peer: "empty", isPeer: true);
        yield return LoadPart.Of("decide", Calls.Decide(target, customers.Pick, isPreview: false), plan.Shape(plan.For), peer: "empty");
    }
}
