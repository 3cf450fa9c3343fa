using Grpc.Core;
using NBomber.Contracts;
using NBomber.CSharp;
using WinBack.Load.Arguments;
using WinBack.Load.Runs;
using WinBack.Load.Target;

namespace WinBack.Load.Scenarios;

/// <summary>
/// What a sending system does: decides, and confirms what it has sent or releases what it could not send. Decide, confirm and
/// release are steps with figures of their own in the report of the part.
/// </summary>
internal sealed class MixScenario : ServiceScenario
{
    /// <summary>One action in so many cannot be sent.</summary>
    private const int ReleaseEvery = 4;

    private static readonly IResponse Confirmed = Response.Ok(statusCode: "CONFIRMED");

    /// <summary>The customer came back in between, or the send window closed: an answer, and no error of the service.</summary>
    private static readonly IResponse Refused = Response.Ok(statusCode: "CONFIRM_REFUSED");

    private static readonly IResponse Released = Response.Ok(statusCode: "RELEASED");

    internal override string Name => "mix";

    internal override string Summary => "Decisions that are then confirmed or released, as sending systems do.";

    internal override LoadDefaults Defaults { get; } = new(TimeSpan.FromSeconds(15), Copies: 64);

    protected override IEnumerable<LoadPart> Parts(LoadTarget target, LoadPlan plan, LoadReport report, CancellationToken stop)
    {
        yield return LoadPart.Of("decide", Calls.Decide(target, target.Population.Pick, isPreview: false), plan.Shape(plan.PeerFor), isPeer: true);
        yield return LoadPart.Of("mix", Iteration(target), plan.Shape(plan.For), peer: "decide");
    }

    /// <param name="onConfirmed">Told of each decision whose message was sent.</param>
    internal static Func<IScenarioContext, Task<IResponse>> Iteration(LoadTarget target, Action<V1.Decision>? onConfirmed = null) => async context =>
    {
        CancellationToken stop = context.ScenarioCancellationToken;
        V1.Decision decision = (await Step.Run("decide", context, async () =>
            Response.Ok(await Calls.DecideAsync(target, target.Population.Pick(), isPreview: false, stop)))).Payload?.Value
            ?? throw new InvalidOperationException("a decision without payload");
        if (decision.Kind != V1.Decision.Types.Kind.Action) return Answers.NoAction;
        if (target.Population.Next() % ReleaseEvery == 0)
        {
            await target.Decisions.ReleaseDecisionAsync(new V1.ReleaseDecisionRequest { DecisionId = decision.DecisionId }, cancellationToken: stop);
            return Released;
        }

        try
        {
            await target.Decisions.ConfirmDecisionAsync(new V1.ConfirmDecisionRequest { DecisionId = decision.DecisionId }, cancellationToken: stop);
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.FailedPrecondition)
        {
            return Refused;
        }

        onConfirmed?.Invoke(decision);
        return Confirmed;
    };
}
