using Grpc.Core;
using NBomber.Contracts;
using NBomber.CSharp;
using WinBack.Load.Arguments;
using WinBack.Load.Runs;
using WinBack.Load.Target;

namespace WinBack.Load.Scenarios;

/// <summary>
/// StreamDecisions: each iteration opens a stream, sends its requests as fast as the service takes them, and reads the
/// results meanwhile. The peer is as many decisions as calls of their own.
/// </summary>
internal sealed class StreamScenario : ServiceScenario
{
    private const int SingleCallersPerStream = 16;

    internal override string Name => "stream";

    internal override string Summary => "Decisions over bidirectional streams, beside as many in calls of their own.";

    internal override LoadDefaults Defaults { get; } = new(TimeSpan.FromSeconds(15), Copies: 4, Size: 500);

    protected override IEnumerable<LoadPart> Parts(LoadTarget target, LoadPlan plan, LoadReport report, CancellationToken stop)
    {
        yield return LoadPart.Of(
            "one_a_call", Calls.Decide(target, target.Population.Pick, isPreview: false),
            plan.Shape(plan.PeerFor, copies: plan.Copies * SingleCallersPerStream), isPeer: true);
        yield return LoadPart.Of(
            "stream", context => StreamAsync(target, plan.Size, context.ScenarioCancellationToken), plan.Shape(plan.For, plan.Size), plan.Size,
            peer: "one_a_call");
    }

    private static async Task<IResponse> StreamAsync(LoadTarget target, int size, CancellationToken stop)
    {
        using AsyncDuplexStreamingCall<V1.StreamDecisionsRequest, V1.StreamDecisionsResponse> call =
            target.Decisions.StreamDecisions(cancellationToken: stop);
        Task<List<V1.DecisionResult>> reading = ReadAsync(call.ResponseStream, stop);
        for (int i = 0; i < size; i++)
            await call.RequestStream.WriteAsync(
                new V1.StreamDecisionsRequest { Request = Calls.Request(target.Population.Pick(), isPreview: false) }, stop);
        await call.RequestStream.CompleteAsync();
        List<V1.DecisionResult> results = await reading;
        return results.Count == size
            ? Answers.Of(results)
            : Response.Fail("RESULTS_MISSING", $"{results.Count} results of {size} requests");
    }

    private static async Task<List<V1.DecisionResult>> ReadAsync(IAsyncStreamReader<V1.StreamDecisionsResponse> responses, CancellationToken stop)
    {
        var results = new List<V1.DecisionResult>();
        while (await responses.MoveNext(stop)) results.Add(responses.Current.Result);
        return results;
    }
}
