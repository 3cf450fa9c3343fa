using System.Globalization;
using WinBack.Load.Arguments;
using WinBack.Load.Runs;
using WinBack.Load.Target;

namespace WinBack.Load.Scenarios;

/// <summary>
/// A steady mix for long, in six legs: what grows from leg to leg (memory, latency, processor time an operation) leaks or decays.
/// </summary>
internal sealed class SoakScenario : ServiceScenario
{
    private const int Legs = 6;
    private const int EventsPerDecision = 2;
    private const int EventChunk = 10;

    internal override string Name => "soak";

    internal override string Summary => "A steady mix for long, in legs: memory and latency of the last beside the first.";

    internal override LoadDefaults Defaults { get; } = new(TimeSpan.FromMinutes(30), Rate: 300) { NeedsKafka = true };

    protected override IEnumerable<LoadPart> Parts(LoadTarget target, LoadPlan plan, LoadReport report, CancellationToken stop)
    {
        EventSender sender = target.OpenSender();
        int rate = plan.Rate ?? 1;
        TimeSpan leg = plan.For / Legs;
        for (int i = 1; i <= Legs; i++)
            yield return new LoadPart(
            [
                new Flow($"leg_{i}", MixScenario.Iteration(target), [LoadPlan.OpenLoop(rate, leg)]),
                new Flow(
                    $"events_{i}", Calls.Everyday(target, sender, EventChunk),
                    [LoadPlan.OpenLoop(rate * EventsPerDecision, leg, EventChunk)], EventChunk),
            ])
            {
                After = measured => SayMemory(report, measured),
            };
    }

    private static Task SayMemory(LoadReport report, LoadRow leg)
    {
        report.Say("memory MiB: " + string.Join(", ", leg.MemoryMiB.Select(memory =>
            string.Create(CultureInfo.InvariantCulture, $"{memory.Key} {memory.Value:F0}"))));
        return Task.CompletedTask;
    }
}
