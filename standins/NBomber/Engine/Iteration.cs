using NBomber.Contracts;
using NBomber.CSharp;

namespace NBomber.Engine;

/// <summary>
/// One injected iteration (open loop), or one copy that iterates until it is stopped (closed loop); also the context that its
/// code gets.
/// </summary>
internal sealed class Iteration(ScenarioLoad load, ScenarioInfo info, TimeSpan intendedStart, bool isCopy)
    : IScenarioContext, IThreadPoolWorkItem
{
    private Dictionary<string, object>? data;
    private volatile bool isStopped;

    public ScenarioInfo ScenarioInfo => info;

    public int InvocationNumber { get; private set; }

    public Dictionary<string, object> Data => data ??= new(StringComparer.Ordinal);

    public CancellationToken ScenarioCancellationToken => load.CancellationToken;

    public TimeSpan Now => load.Now;

    /// <summary>A copy ends after its present iteration.</summary>
    public void Stop() => isStopped = true;

    public void StopScenario(string scenarioName, string reason) => load.Test.StopScenario(scenarioName, reason);

    public void StopCurrentTest(string reason) => load.Test.Stop(reason);

    public void RecordStep(string name, IResponse response, TimeSpan latency) =>
        load.Measurements?.RecordStep(name, response, latency);

    public void Execute() => _ = isCopy ? IterateAsync() : InjectAsync();

    /// <summary>
    /// Latency counts from when the iteration should have started: what it waited for a late generator or thread is part of
    /// what a user would have waited (no coordinated omission).
    /// </summary>
    private async Task InjectAsync()
    {
        await RunAsync(intendedStart).ConfigureAwait(false);
        load.OnEnded();
    }

    private async Task IterateAsync()
    {
        while (!isStopped && !load.IsOver)
        {
            await RunAsync(Now).ConfigureAwait(false);
        }

        load.OnEnded();
    }

    private async Task RunAsync(TimeSpan start)
    {
        InvocationNumber++;
        IResponse response;
        try
        {
            response = await load.Scenario.Run(this).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ScenarioCancellationToken.IsCancellationRequested)
        {
            response = Response.Fail(Measurement.TimeoutCode, "operation timeout");
        }
        catch (Exception fault)
        {
            response = Response.Fail(Measurement.UnhandledExceptionCode, fault.Message);
        }

        load.Record(response, Now - start);
    }
}
