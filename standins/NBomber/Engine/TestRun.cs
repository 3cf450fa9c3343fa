using System.Globalization;
using NBomber.Contracts;
using NBomber.Contracts.Stats;
using NBomber.Reports;

namespace NBomber.Engine;

/// <summary>
/// One run: (1) init, (2) warm-up, (3) bombing, both with all scenarios side by side, (4) clean, (5) figures, thresholds and
/// reports.
/// </summary>
internal sealed class TestRun(NBomberContext context)
{
    private readonly TestControl control = new();
    private readonly DateTime created = DateTime.UtcNow;

    public NodeStats Run()
    {
        ConsoleCancelEventHandler onCancel = (_, signal) =>
        {
            // The first Ctrl-C ends the load and still reports; the second one ends the process.
            signal.Cancel = control.ReasonToStop("") is null;
            control.Stop("Ctrl-C");
        };
        Console.CancelKeyPress += onCancel;
        try
        {
            // Step 1
            foreach (var scenario in context.Scenarios)
            {
                CallInit(scenario);
            }

            // Steps 2 and 3
            WarmUp();
            var outcomes = Bomb();
            // Step 4
            foreach (var scenario in context.Scenarios)
            {
                CallClean(scenario);
            }

            // Step 5
            return Report(outcomes);
        }
        finally
        {
            Console.CancelKeyPress -= onCancel;
        }
    }

    private void CallInit(ScenarioProps scenario)
    {
        try
        {
            scenario.Init?.Invoke(new InitContext(scenario, ScenarioOperation.Init)).GetAwaiter().GetResult();
        }
        catch (Exception fault)
        {
            throw new InvalidOperationException($"The init of scenario '{scenario.ScenarioName}' failed: {fault.Message}", fault);
        }
    }

    private void CallClean(ScenarioProps scenario)
    {
        try
        {
            scenario.Clean?.Invoke(new InitContext(scenario, ScenarioOperation.Clean)).GetAwaiter().GetResult();
        }
        catch (Exception fault)
        {
            context.Output.WriteLine($"The clean of scenario '{scenario.ScenarioName}' failed: {fault}");
        }
    }

    private void WarmUp()
    {
        var warming = context.Scenarios.Where(scenario => scenario.WarmUpDuration > TimeSpan.Zero).ToArray();
        if (warming.Length == 0)
        {
            return;
        }

        context.Output.WriteLine($"warm-up: {string.Join(", ", warming.Select(scenario => scenario.ScenarioName))}");
        var loads = warming
            .Select(scenario => new ScenarioLoad(scenario, scenario.WarmUpDuration, context.Scheduler, control, measurements: null))
            .ToArray();
        RunTogether(loads, onInterval: null);
    }

    private List<ScenarioOutcome> Bomb()
    {
        var names = string.Join(", ", context.Scenarios.Select(scenario => scenario.ScenarioName));
        context.Output.WriteLine($"bombing: {names}");
        var scenarios = context.Scenarios
            .Select(scenario => (Scenario: scenario, Figures: new ScenarioMeasurements(), Duration: LoadTimeline.Duration(scenario.LoadSimulations)))
            .Select(s => (s.Figures, Load: new ScenarioLoad(s.Scenario, s.Duration, context.Scheduler, control, s.Figures), s.Duration))
            .ToArray();
        var progress = new ProgressLine(context.Output, ReferenceEquals(context.Output, Console.Out) && !Console.IsOutputRedirected);
        var running = scenarios.Select(s => (s.Figures, s.Load)).ToArray();
        var longest = scenarios.Max(s => s.Duration);
        var start = context.Scheduler.Now;
        RunTogether([.. scenarios.Select(s => s.Load)], () => progress.Show(context.Scheduler.Now - start, longest, running));
        progress.End();
        return [.. scenarios.Select((s, index) => new ScenarioOutcome(
            s.Figures.Snapshot(s.Load.Scenario.ScenarioName, s.Load.Elapsed, index),
            s.Figures.OkLatency,
            s.Load.WorstStartDelay,
            control.ReasonToStop(s.Load.Scenario.ScenarioName)))];
    }

    /// <summary>Each on a thread of its own: starting iterations in time must not wait for the thread pool that runs them.</summary>
    private void RunTogether(ScenarioLoad[] loads, Action? onInterval)
    {
        var threads = loads.Select(load => new Thread(() => load.Run(context.CompletionTimeout))
        {
            IsBackground = true,
            Name = $"load {load.Scenario.ScenarioName}",
            Priority = ThreadPriority.AboveNormal,
        }).ToArray();
        foreach (var thread in threads)
        {
            thread.Start();
        }

        foreach (var thread in threads)
        {
            while (!thread.Join(context.ReportingInterval))
            {
                onInterval?.Invoke();
            }
        }

        onInterval?.Invoke();
    }

    private NodeStats Report(List<ScenarioOutcome> outcomes)
    {
        var stats = outcomes.Select(outcome => outcome.Stats).ToArray();
        var session = string.Create(CultureInfo.InvariantCulture, $"{created:yyyy-MM-dd_HH.mm.ss.fff}");
        var thresholds = context.Scenarios.SelectMany((scenario, i) => Check(scenario, stats[i])).ToArray();
        var node = new NodeStats(
            stats,
            thresholds,
            new TestInfo(session, context.TestSuite, context.TestName, created),
            stats.Sum(scenario => scenario.AllRequestCount),
            stats.Sum(scenario => scenario.AllOkCount),
            stats.Sum(scenario => scenario.AllFailCount),
            stats.Sum(scenario => scenario.AllBytes),
            stats.Max(scenario => scenario.Duration),
            []);
        context.Output.Write(TextReport.Render(node, outcomes));
        var folder = context.ReportFolder;
        var name = context.ReportFileName ?? $"nbomber_report_{session}";
        return node with { ReportFiles = ReportFiles.Write(node, outcomes, folder, name, context.ReportFormats) };
    }

    private static IEnumerable<ThresholdResult> Check(ScenarioProps scenario, ScenarioStats stats)
    {
        foreach (var threshold in scenario.Thresholds)
        {
            var isMet = false;
            var fault = "";
            try
            {
                isMet = threshold.IsMet(stats);
            }
            catch (Exception thrown)
            {
                fault = thrown.Message;
            }

            yield return new ThresholdResult(
                scenario.ScenarioName, "", threshold.Expression, fault, isMet ? 0 : 1, !isMet);
        }
    }

    private sealed class InitContext(ScenarioProps scenario, ScenarioOperation operation) : IScenarioInitContext
    {
        public ScenarioInfo ScenarioInfo { get; } = new()
        {
            ThreadNumber = 0,
            ScenarioName = scenario.ScenarioName,
            ScenarioDuration = LoadTimeline.Duration(scenario.LoadSimulations),
            ScenarioOperation = operation,
        };
    }
}
