using System.Collections.Concurrent;

namespace NBomber.Engine;

/// <summary>Who asked a run or a scenario to end early, and why.</summary>
internal sealed class TestControl
{
    private readonly ConcurrentDictionary<string, string> stopped = new(StringComparer.Ordinal);
    private volatile string? reason;

    public void Stop(string why) => reason ??= why;

    public void StopScenario(string name, string why) => stopped.TryAdd(name, why);

    /// <summary>Null while the scenario is to go on.</summary>
    public string? ReasonToStop(string scenario) => reason ?? (stopped.TryGetValue(scenario, out var why) ? why : null);
}
