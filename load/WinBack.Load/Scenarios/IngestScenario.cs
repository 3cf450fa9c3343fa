using System.Diagnostics;
using System.Globalization;
using WinBack.Load.Arguments;
using WinBack.Load.Runs;
using WinBack.Load.Target;

namespace WinBack.Load.Scenarios;

/// <summary>
/// An ingest flood through the real producer. Afterwards it waits until all of it is folded: the second line has events a
/// second from the first one sent until the last one is in a customer's state.
/// </summary>
internal sealed class IngestScenario : ServiceScenario
{
    /// <summary>New customers at the end of the flood, each with an event on each topic: enough to have some in every partition.</summary>
    private const int Markers = 64;

    /// <summary>Draws of <see cref="LoadEvents.Everyday"/> that make one kind for each topic.</summary>
    private static readonly ulong[] Kinds = [0, 11, 15, 18];

    internal override string Name => "ingest";

    internal override string Summary => "An ingest flood through the Kafka producer, until the last event is folded.";

    internal override LoadDefaults Defaults { get; } = new(TimeSpan.FromSeconds(15), Copies: 2, Size: 100)
    {
        // What is sent in a warm-up would have to be folded too.
        WarmUp = TimeSpan.Zero, NeedsKafka = true,
    };

    protected override IEnumerable<LoadPart> Parts(LoadTarget target, LoadPlan plan, LoadReport report, CancellationToken stop)
    {
        EventSender sender = target.OpenSender();
        long started = Stopwatch.GetTimestamp();
        yield return LoadPart.Of("handed_over", Calls.Everyday(target, sender, plan.Size), plan.Shape(plan.For, plan.Size), plan.Size) with
        {
            After = async measured => report.Add(await FoldedAsync(target, sender, started, measured.Round, stop)),
        };
    }

    private static async Task<LoadRow> FoldedAsync(LoadTarget target, EventSender sender, long started, int round, CancellationToken stop)
    {
        // Each topic has a last record in every partition, and the customers of these are looked at.
        string run = LoadEvents.NewId();
        string[] markers = [.. Kinds.SelectMany(kind => Enumerable.Range(0, Markers).Select(i => $"{run}-{kind}-{i}"))];
        await sender.SendAsync(markers.Select((marker, i) => LoadEvents.Everyday(marker, target.Clock.Now, Kinds[i / Markers])), stop);
        sender.Flush(stop);
        long acknowledged = sender.Acknowledged, failed = sender.Failed;
        TimeSpan sent = Stopwatch.GetElapsedTime(started);
        if (failed == 0)
            foreach (string marker in markers) await PopulationEvents.FoldedAsync(target, marker, stop);
        TimeSpan folded = Stopwatch.GetElapsedTime(started);
        return new LoadRow(round, "folded", acknowledged, failed, acknowledged / folded.TotalSeconds, 0, 0, 0)
        {
            Faults = sender.Errors,
            Statuses = [("ACKNOWLEDGED", acknowledged), ("GIVEN_UP", failed)],
            Note = string.Create(
                CultureInfo.InvariantCulture, $"sent in {sent.TotalSeconds:F1} s, all folded {(folded - sent).TotalSeconds:F1} s later"),
        };
    }
}
