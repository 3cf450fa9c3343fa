using System.Globalization;

namespace NBomber.Engine;

/// <summary>Shows how a run is going: one line that is written over on a terminal, one line a report otherwise.</summary>
internal sealed class ProgressLine(TextWriter output, bool isTerminal)
{
    private long shown;
    private TimeSpan shownAt;

    public void Show(TimeSpan elapsed, TimeSpan duration, IReadOnlyCollection<(ScenarioMeasurements Figures, ScenarioLoad Load)> scenarios)
    {
        var ok = scenarios.Sum(scenario => scenario.Figures.OkCount);
        var fail = scenarios.Sum(scenario => scenario.Figures.FailCount);
        var inFlight = scenarios.Sum(scenario => scenario.Load.InFlight);
        var slowest = scenarios.Max(scenario => scenario.Figures.OkLatency.PercentileMs(99));
        var since = elapsed - shownAt;
        var rate = since > TimeSpan.Zero ? (ok + fail - shown) / since.TotalSeconds : 0;
        (shown, shownAt) = (ok + fail, elapsed);
        var percent = duration > TimeSpan.Zero ? Math.Min(100, 100 * elapsed / duration) : 100;
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{percent,3:0} %  {elapsed:hh\\:mm\\:ss}  ok {ok:n0}  fail {fail:n0}  {rate:n0}/s  p99 {slowest:0.00} ms  in flight {inFlight:n0}");
        if (isTerminal)
        {
            output.Write($"\r{line,-100}");
        }
        else
        {
            output.WriteLine(line);
        }
    }

    public void End()
    {
        if (isTerminal && shownAt > TimeSpan.Zero)
        {
            output.WriteLine();
        }
    }
}
