using System.Diagnostics;
using Grpc.Core;
using NBomber.Contracts;
using NBomber.CSharp;
using WinBack.Load.Arguments;
using WinBack.Load.Runs;
using WinBack.Load.Target;

namespace WinBack.Load.Scenarios;

/// <summary>
/// An opt-out storm (rules C1): how long after an opt-out is sent through Kafka the confirmation of a decision made before it is
/// refused, while callers decide as fast as they can and other events arrive. Each opt-out is of another customer.
/// </summary>
internal sealed class OptOutScenario : ServiceScenario
{
    private const int CallersBeside = 16;
    private const int EventChunk = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    internal override string Name => "optout";

    internal override string Summary => "An opt-out storm: from the opt-out event to the refused confirmation, under load.";

    internal override LoadDefaults Defaults { get; } = new(TimeSpan.FromSeconds(30), Copies: 4, Rate: 2_000)
    {
        IsRateBeside = true, NeedsKafka = true,
    };

    protected override IEnumerable<LoadPart> Parts(LoadTarget target, LoadPlan plan, LoadReport report, CancellationToken stop)
    {
        EventSender optOuts = target.OpenSender(TimeSpan.Zero), others = target.OpenSender();
        // The load beside stays in the first half, so that the caps of those who opt out are free.
        int next = plan.Customers / 2;
        int rate = plan.Rate ?? EventChunk;
        yield return new LoadPart(
        [
            new Flow(
                "refused", context => SampleAsync(target, optOuts, () => Interlocked.Increment(ref next) - 1, context),
                [Simulation.KeepConstant(plan.Copies, plan.For)]),
            new Flow(
                "decide_beside", Calls.Decide(target, target.Population.PickOfFirstHalf, isPreview: false),
                [Simulation.KeepConstant(CallersBeside, plan.For)]),
            new Flow("events_beside", Calls.Everyday(target, others, EventChunk), [LoadPlan.OpenLoop(rate, plan.For, EventChunk)], EventChunk),
        ]);
    }

    /// <summary>The latency reported is from the send of the opt-out to the refusal.</summary>
    private static async Task<IResponse> SampleAsync(LoadTarget target, EventSender sender, Func<int> nextCustomer, IScenarioContext context)
    {
        CancellationToken stop = context.ScenarioCancellationToken;
        if (await NextActionAsync(target, nextCustomer, context) is not { } decision) return Answers.NoAction;
        long sent = Stopwatch.GetTimestamp();
        await sender.SendAsync(LoadEvents.OptOut(decision.CustomerId, decision.Channel, target.Clock.Now), stop);
        // Confirming in the meantime would succeed and end the sample, so the state is looked at until it knows.
        while (!await HasWithdrawnAsync(target, decision, stop))
            if (Stopwatch.GetElapsedTime(sent) > Patience) return Response.Fail("NOT_SEEN", $"an opt-out was not seen within {Patience}");
        try
        {
            await target.Decisions.ConfirmDecisionAsync(new V1.ConfirmDecisionRequest { DecisionId = decision.DecisionId }, cancellationToken: stop);
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.FailedPrecondition)
        {
            return Response.Ok(statusCode: "REFUSED", customLatencyMs: Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
        }

        return Response.Fail("CONFIRMED", "a decision was confirmed after the opt-out");
    }

    /// <returns>Null when no customer is left.</returns>
    private static async Task<V1.Decision?> NextActionAsync(LoadTarget target, Func<int> nextCustomer, IScenarioContext context)
    {
        while (nextCustomer() is var number && number < target.Population.Count)
        {
            V1.Decision decision =
                await Calls.DecideAsync(target, target.Population[number], isPreview: false, context.ScenarioCancellationToken);
            if (decision.Kind == V1.Decision.Types.Kind.Action) return decision;
        }

        context.StopCurrentTest("every customer has been asked: give more --customers");
        return null;
    }

    private static async Task<bool> HasWithdrawnAsync(LoadTarget target, V1.Decision decision, CancellationToken stop)
    {
        V1.Customer found = await target.Customers.GetCustomerAsync(
            new V1.GetCustomerRequest { CustomerId = decision.CustomerId }, cancellationToken: stop);
        return found.Channels.Any(c => c.Channel == decision.Channel && c.Consent == "withdrawn");
    }
}
