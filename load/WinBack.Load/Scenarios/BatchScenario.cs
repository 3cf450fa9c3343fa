using NBomber.Contracts;
using WinBack.Load.Arguments;
using WinBack.Load.Runs;
using WinBack.Load.Target;

namespace WinBack.Load.Scenarios;

/// <summary>BatchDecideNextActions. The peers are as many decisions as calls of their own, over the same channel.</summary>
internal sealed class BatchScenario : ServiceScenario
{
    /// <summary>A batch keeps the service busy with fewer callers than single calls do.</summary>
    private const int SingleCallersPerBatch = 16;

    internal override string Name => "batch";

    internal override string Summary => "Decisions in batches, beside as many in calls of their own.";

    internal override LoadDefaults Defaults { get; } = new(TimeSpan.FromSeconds(15), Copies: 4, Size: 500);

    protected override IEnumerable<LoadPart> Parts(LoadTarget target, LoadPlan plan, LoadReport report, CancellationToken stop)
    {
        foreach ((string what, bool isPreview) in ((string, bool)[])[("validate_only", true), ("decide", false)])
        {
            yield return LoadPart.Of(
                $"{what}_one_a_call", Calls.Decide(target, target.Population.Pick, isPreview),
                plan.Shape(plan.PeerFor, copies: plan.Copies * SingleCallersPerBatch), isPeer: true);
            yield return LoadPart.Of(
                $"{what}_batch", context => DecideAsync(target, plan.Size, isPreview, context), plan.Shape(plan.For, plan.Size), plan.Size,
                peer: $"{what}_one_a_call");
        }
    }

    private static async Task<IResponse> DecideAsync(LoadTarget target, int size, bool isPreview, IScenarioContext context)
    {
        var batch = new V1.BatchDecideNextActionsRequest();
        for (int i = 0; i < size; i++) batch.Requests.Add(Request(target, isPreview));
        V1.BatchDecideNextActionsResponse response =
            await target.Decisions.BatchDecideNextActionsAsync(batch, cancellationToken: context.ScenarioCancellationToken);
        return Answers.Of(response.Results);
    }

    /// <summary>Results are told apart by request id, so a preview in a batch has one too.</summary>
    private static V1.DecideNextActionRequest Request(LoadTarget target, bool isPreview) => new()
    {
        CustomerId = target.Population.Pick(), RequestId = Guid.NewGuid().ToString("D"), ValidateOnly = isPreview,
    };
}
