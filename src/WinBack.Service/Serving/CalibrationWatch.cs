using Microsoft.Extensions.Options;
using WinBack.Adapters.Redis;
using WinBack.Core.Metrics;
using WinBack.Core.Models;
using WinBack.Core.State;

namespace WinBack.Service.Serving;

/// <summary>
/// Compares the predictions that were served with what became true, every now and then. The nodes do it together: whoever is
/// first in a period measures for all, and every node shows it in its metrics.
/// </summary>
internal sealed class CalibrationWatch(
    PredictionReader reader,
    ModelHealthStore store,
    LabelRules rules,
    TimeProvider time,
    IOptions<FoldOptions> fold,
    IOptions<CalibrationOptions> options,
    ILogger<CalibrationWatch> log) : BackgroundService
{
    private const V1.CalibrationReading.Types.Source Outcomes = V1.CalibrationReading.Types.Source.Outcomes;

    /// <summary>Versions whose drift this node has told of.</summary>
    private readonly HashSet<string> _told = [];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new SideLoop(options.Value.Period, TurnAsync, log.CalibrationNotMeasured).RunAsync(stoppingToken);

    private async Task TurnAsync(CancellationToken stop)
    {
        DateTimeOffset now = time.GetUtcNow();
        V1.CalibrationReading[] readings = [.. (await store.ReadCalibrationsAsync(stop)).Where(r => r.Source == Outcomes)];
        // Within the period by either clock: a node on another one is no reason to wait.
        bool isFresh = readings.Any(r => (now - r.MeasureTime.ToDateTimeOffset()).Duration() < options.Value.Period / 2);
        if (!isFresh) readings = await MeasureAsync(now, stop);
        foreach (V1.CalibrationReading reading in readings) Show(reading);
    }

    private async Task<V1.CalibrationReading[]> MeasureAsync(DateTimeOffset now, CancellationToken stop)
    {
        IReadOnlyList<PredictionSample> samples = await reader.ReadAsync(now, stop);
        HashSet<(string Model, string Version)> versions = [.. samples.SelectMany(s => s.Predictions).Select(p => (p.Model, p.Version))];
        rules.KeepOnly(versions);
        var readings = new List<V1.CalibrationReading>();
        foreach (string model in ServedNames.All)
        {
            if (await MeasureAsync(model, versions.Where(v => v.Model == model).Select(v => v.Version), samples, now, stop) is { } reading)
            {
                readings.Add(reading);
                await store.ReportAsync(reading, stop);
            }
            else
            {
                await store.WithdrawAsync(model, Outcomes, stop);
            }
        }

        return [.. readings];
    }

    /// <summary>Of the version with most labels: it is what was served when the labels that are known by now were foreseen.</summary>
    private async Task<V1.CalibrationReading?> MeasureAsync(
        string model, IEnumerable<string> versions, IReadOnlyList<PredictionSample> samples, DateTimeOffset now, CancellationToken stop)
    {
        V1.CalibrationReading? most = null;
        foreach (string version in versions.Order(StringComparer.Ordinal))
        {
            LabelFacts facts = await rules.OfAsync(model, version, stop);
            if (facts.Rule is not { } rule || rule.Horizon > options.Value.MaxHorizon) continue;
            var found = OutcomeCalibration.Of(
                model, version, rule, facts.ReferenceError, samples, fold.Value.Horizon, options.Value.Window);
            V1.CalibrationReading reading = CalibrationReport.Of(model, version, found, now);
            if (most is null || (reading.Rows, reading.Waiting).CompareTo((most.Rows, most.Waiting)) > 0) most = reading;
        }

        if (most is { Drifting: true } && _told.Add($"{model} {most.Version}"))
            log.CalibrationDrifts(
                model, most.Version, FormattableString.Invariant($"{most.Rows} labels; says {most.MeanPrediction:P1}, was {most.ObservedRate:P1}"));
        return most;
    }

    private static void Show(V1.CalibrationReading reading)
    {
        var model = new KeyValuePair<string, object?>("winback.model", reading.Model);
        Instruments.CalibrationRows.Record(reading.Rows, model);
        Instruments.CalibrationError.Record(reading.CalibrationError, model);
        Instruments.CalibrationDrifting.Record(reading.Drifting ? 1 : 0, model);
    }
}
