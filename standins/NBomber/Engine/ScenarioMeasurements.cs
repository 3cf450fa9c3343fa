using System.Collections.Concurrent;
using NBomber.Contracts;
using NBomber.Contracts.Stats;

namespace NBomber.Engine;

/// <summary>The running figures of a scenario and its steps.</summary>
internal sealed class ScenarioMeasurements
{
    private readonly ConcurrentDictionary<string, Pair> steps = new(StringComparer.Ordinal);
    private readonly Pair whole = new(0);
    private volatile bool isClosed;

    public LatencyHistogram OkLatency => whole.Ok.Latency;

    public long OkCount => whole.Ok.Latency.Count;

    public long FailCount => whole.Fail.Latency.Count;

    public void Record(IResponse response, TimeSpan latency)
    {
        if (!isClosed)
        {
            whole.Of(response).Record(response, latency);
        }
    }

    public void RecordStep(string name, IResponse response, TimeSpan latency)
    {
        if (!isClosed)
        {
            steps.GetOrAdd(name, static (_, all) => new Pair(all.Count), steps).Of(response).Record(response, latency);
        }
    }

    /// <summary>Nothing that ends from now on counts any more.</summary>
    public void Close() => isClosed = true;

    public ScenarioStats Snapshot(string name, TimeSpan duration, int sortIndex)
    {
        var all = OkCount + FailCount;
        var ok = whole.Ok.Snapshot(all, duration, isError: false);
        var fail = whole.Fail.Snapshot(all, duration, isError: true);
        var stepStats = steps
            .OrderBy(step => step.Value.SortIndex)
            .ThenBy(step => step.Key, StringComparer.Ordinal)
            .Select(step => step.Value.Snapshot(step.Key, duration))
            .ToArray();
        return new ScenarioStats(
            name, ok, fail, stepStats, ok.Request.Count + fail.Request.Count, ok.Request.Count, fail.Request.Count,
            ok.DataTransfer.AllBytes + fail.DataTransfer.AllBytes, duration, sortIndex);
    }

    private sealed class Pair(int sortIndex)
    {
        public Measurement Ok { get; } = new();

        public Measurement Fail { get; } = new();

        public int SortIndex { get; } = sortIndex;

        public Measurement Of(IResponse response) => response.IsError ? Fail : Ok;

        public StepStats Snapshot(string name, TimeSpan duration)
        {
            var all = Ok.Latency.Count + Fail.Latency.Count;
            return new StepStats(
                name, Ok.Snapshot(all, duration, isError: false), Fail.Snapshot(all, duration, isError: true), SortIndex);
        }
    }
}
