using System.Collections.Concurrent;
using NBomber.Contracts;
using NBomber.CSharp;
using WinBack.Load.Arguments;
using WinBack.Load.Runs;
using WinBack.Load.Target;

namespace WinBack.Load.Scenarios;

/// <summary>
/// A mixed day in short: decisions that are confirmed or released, four times as many events, outcomes of what was sent, and a
/// campaign in the morning that previews in batches. Rates rise in the morning, fall after noon, rise again and go down for
/// the night.
/// </summary>
internal sealed class DayScenario : ServiceScenario
{
    private const int EventsPerDecision = 4;
    private const int EventChunk = 10;
    private const int CampaignBatch = 100;

    /// <summary>Sent messages that wait to be opened; further ones nobody opens.</summary>
    private const int MaxUnopened = 10_000;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    internal override string Name => "day";

    internal override string Summary => "A mixed day in short: decisions, events, outcomes and a campaign, with ramps.";

    internal override LoadDefaults Defaults { get; } = new(TimeSpan.FromMinutes(2), Rate: 500) { NeedsKafka = true };

    protected override IEnumerable<LoadPart> Parts(LoadTarget target, LoadPlan plan, LoadReport report, CancellationToken stop)
    {
        EventSender sender = target.OpenSender();
        var sent = new ConcurrentQueue<V1.Decision>();
        int rate = plan.Rate ?? 1;
        TimeSpan eighth = plan.For / 8;
        yield return new LoadPart(
        [
            new Flow("decide", MixScenario.Iteration(target, decision => Keep(sent, decision)), Day(rate, eighth)),
            new Flow(
                "events", Calls.Everyday(target, sender, EventChunk), Day(Math.Max(1, rate * EventsPerDecision / EventChunk), eighth),
                EventChunk),
            new Flow("outcomes", context => OpenAsync(target, sender, sent, context), Day(Math.Max(1, rate / 10), eighth)),
            new Flow(
                "campaign", context => PreviewAsync(target, context),
                [Simulation.Pause(3 * eighth), Simulation.Inject(1, Second, eighth), Simulation.Pause(4 * eighth)], CampaignBatch),
        ]);
    }

    private static LoadSimulation[] Day(int peak, TimeSpan eighth) =>
    [
        Simulation.Inject(Share(peak, 0.1), Second, eighth),
        Simulation.RampingInject(peak, Second, 2 * eighth),
        Simulation.Inject(peak, Second, eighth),
        Simulation.RampingInject(Share(peak, 0.4), Second, eighth),
        Simulation.RampingInject(Share(peak, 0.8), Second, eighth),
        Simulation.Inject(Share(peak, 0.8), Second, eighth),
        Simulation.RampingInject(Share(peak, 0.1), Second, eighth),
    ];

    private static int Share(int peak, double share) => Math.Max(1, (int)(peak * share));

    private static void Keep(ConcurrentQueue<V1.Decision> sent, V1.Decision decision)
    {
        if (sent.Count < MaxUnopened) sent.Enqueue(decision);
    }

    private static async Task<IResponse> OpenAsync(
        LoadTarget target, EventSender sender, ConcurrentQueue<V1.Decision> sent, IScenarioContext context)
    {
        if (!sent.TryDequeue(out V1.Decision? decision)) return Answers.NoAction;
        await sender.SendAsync(LoadEvents.Opened(decision, target.Clock.Now), context.ScenarioCancellationToken);
        return Answers.Ok;
    }

    private static async Task<IResponse> PreviewAsync(LoadTarget target, IScenarioContext context)
    {
        var batch = new V1.BatchDecideNextActionsRequest();
        for (int i = 0; i < CampaignBatch; i++)
        {
            V1.DecideNextActionRequest request = Calls.Request(target.Population.Pick(), isPreview: false);
            request.ValidateOnly = true;
            batch.Requests.Add(request);
        }

        V1.BatchDecideNextActionsResponse response =
            await target.Decisions.BatchDecideNextActionsAsync(batch, cancellationToken: context.ScenarioCancellationToken);
        return Answers.Of(response.Results);
    }
}
