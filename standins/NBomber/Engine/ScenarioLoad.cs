using NBomber.Contracts;
using NBomber.CSharp;

namespace NBomber.Engine;

/// <summary>
/// Puts the load of one scenario on for one phase (warm-up or bombing): starts iterations and copies at their times, then
/// waits for those under way.
/// </summary>
/// <remarks>Runs on a thread of its own. Iterations run on the thread pool.</remarks>
internal sealed class ScenarioLoad
{
    /// <summary>
    /// Iterations under way at once. Beyond it the next one waits, and its latency still counts from its intended start.
    /// </summary>
    private const int MaxInFlight = 50_000;

    /// <summary>The longest sleep, so that a stop is noticed soon.</summary>
    private static readonly TimeSpan Nap = TimeSpan.FromMilliseconds(50);

    /// <summary>What cancelled iterations get to end in an orderly way.</summary>
    private static readonly TimeSpan CancelTimeout = TimeSpan.FromSeconds(5);

    private readonly LoadScheduler scheduler;
    private readonly TimeSpan duration;
    private readonly ScenarioOperation operation;
    private readonly Stack<Iteration> copies = new();
    private readonly CancellationTokenSource cancellation = new();

    /// <summary>Iterations and copies under way, and one for this object until it has started all.</summary>
    private readonly CountdownEvent running = new(1);

    private TimeSpan end = TimeSpan.MaxValue;
    private int started;

    /// <param name="measurements">Null for a warm-up: nothing counts then.</param>
    public ScenarioLoad(
        ScenarioProps scenario, TimeSpan duration, LoadScheduler scheduler, TestControl test, ScenarioMeasurements? measurements)
    {
        Scenario = scenario;
        Test = test;
        Measurements = measurements;
        this.scheduler = scheduler;
        this.duration = duration;
        operation = measurements is null ? ScenarioOperation.WarmUp : ScenarioOperation.Bombing;
        CancellationToken = cancellation.Token;
    }

    public ScenarioProps Scenario { get; }

    public TestControl Test { get; }

    public ScenarioMeasurements? Measurements { get; }

    public CancellationToken CancellationToken { get; }

    public TimeSpan Now => scheduler.Now;

    /// <summary>Copies start no iteration any more.</summary>
    public bool IsOver => Now >= end || IsStopped;

    public int InFlight => Math.Max(0, running.CurrentCount - 1);

    /// <summary>How late the generator itself was at worst: beyond a few milliseconds it is the bottleneck.</summary>
    public TimeSpan WorstStartDelay { get; private set; }

    /// <summary>How long load was put on; less than planned when it was stopped.</summary>
    public TimeSpan Elapsed { get; private set; }

    private bool IsStopped => Test.ReasonToStop(Scenario.ScenarioName) is not null;

    public void Run(TimeSpan completionTimeout)
    {
        var start = Now;
        end = start + duration;
        foreach (var change in LoadTimeline.Events(Scenario.LoadSimulations))
        {
            if (change.At >= duration || !WaitUntil(start + change.At))
            {
                break;
            }

            Apply(change.Kind, start + change.At);
        }

        WaitUntil(end);
        Elapsed = TimeSpan.FromTicks(Math.Min(duration.Ticks, (Now - start).Ticks));
        while (copies.TryPop(out var copy))
        {
            copy.Stop();
        }

        running.Signal();
        Finish(completionTimeout);
    }

    public void Record(IResponse response, TimeSpan latency)
    {
        Measurements?.Record(response, latency);
        if (response.IsError && Measurements?.FailCount >= Scenario.MaxFailCount)
        {
            Test.Stop($"scenario '{Scenario.ScenarioName}' reached its limit of {Scenario.MaxFailCount} failures");
        }
    }

    public void OnEnded() => running.Signal();

    private void Apply(LoadEventKind kind, TimeSpan due)
    {
        switch (kind)
        {
            case LoadEventKind.Inject:
                while (InFlight >= MaxInFlight && !IsStopped)
                {
                    scheduler.SleepUntil(Now + TimeSpan.FromMilliseconds(1));
                }

                WorstStartDelay = TimeSpan.FromTicks(Math.Max(WorstStartDelay.Ticks, (Now - due).Ticks));
                Start(new Iteration(this, NextInfo(), due, isCopy: false));
                break;
            case LoadEventKind.AddCopy:
                var copy = new Iteration(this, NextInfo(), due, isCopy: true);
                copies.Push(copy);
                Start(copy);
                break;
            case LoadEventKind.RemoveCopy:
                copies.Pop().Stop();
                break;
        }
    }

    private void Start(Iteration iteration)
    {
        running.AddCount();
        scheduler.Start(iteration);
    }

    private ScenarioInfo NextInfo() => new()
    {
        ThreadNumber = started++,
        ScenarioName = Scenario.ScenarioName,
        ScenarioDuration = duration,
        ScenarioOperation = operation,
    };

    /// <returns>False when the scenario was stopped meanwhile.</returns>
    private bool WaitUntil(TimeSpan instant)
    {
        while (!IsStopped)
        {
            var now = Now;
            if (now >= instant)
            {
                return true;
            }

            scheduler.SleepUntil(instant - now > Nap ? now + Nap : instant);
        }

        return false;
    }

    /// <summary>What is still under way after the time to complete is cancelled, and counts as failed if it does not end then.</summary>
    private void Finish(TimeSpan completionTimeout)
    {
        if (scheduler.Wait(running, completionTimeout))
        {
            return;
        }

        cancellation.Cancel();
        scheduler.Wait(running, CancelTimeout);
        var unfinished = running.CurrentCount;
        for (var i = 0; i < unfinished; i++)
        {
            Measurements?.Record(Response.Fail(Measurement.TimeoutCode, "operation timeout"), completionTimeout);
        }

        Measurements?.Close();
    }
}
