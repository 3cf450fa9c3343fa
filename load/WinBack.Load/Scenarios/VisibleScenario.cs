using System.Diagnostics;
using NBomber.Contracts;
using NBomber.CSharp;
using WinBack.Load.Arguments;
using WinBack.Load.Runs;
using WinBack.Load.Target;

namespace WinBack.Load.Scenarios;

/// <summary>How long after it is sent an event shows in GetCustomer: each of a new customer, beside other events at a rate.</summary>
internal sealed class VisibleScenario : ServiceScenario
{
    private const int EventChunk = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    internal override string Name => "visible";

    internal override string Summary => "From the send of an event until GetCustomer shows it, beside other events.";

    internal override LoadDefaults Defaults { get; } = new(TimeSpan.FromSeconds(15), Copies: 1) { IsRateBeside = true, NeedsKafka = true };

    protected override IEnumerable<LoadPart> Parts(LoadTarget target, LoadPlan plan, LoadReport report, CancellationToken stop)
    {
        EventSender probes = target.OpenSender(TimeSpan.Zero);
        var probe = new Flow("visible", context => SampleAsync(target, probes, context), [Simulation.KeepConstant(plan.Copies, plan.For)]);
        if (plan.Rate is not { } rate)
        {
            yield return new LoadPart([probe]);
            yield break;
        }

        EventSender others = target.OpenSender();
        yield return new LoadPart(
        [
            probe,
            new Flow("events_beside", Calls.Everyday(target, others, EventChunk), [LoadPlan.OpenLoop(rate, plan.For, EventChunk)], EventChunk),
        ]);
    }

    private static async Task<IResponse> SampleAsync(LoadTarget target, EventSender sender, IScenarioContext context)
    {
        CancellationToken stop = context.ScenarioCancellationToken;
        string customer = "visible-" + LoadEvents.NewId();
        long sent = Stopwatch.GetTimestamp();
        await sender.SendAsync(LoadEvents.Purchase(customer, customer, target.Clock.Now), stop);
        while (!await PopulationEvents.IsThereAsync(target, customer, stop))
            if (Stopwatch.GetElapsedTime(sent) > Patience) return Response.Fail("NOT_SEEN", $"an event was not visible within {Patience}");
        return Answers.Ok;
    }
}
