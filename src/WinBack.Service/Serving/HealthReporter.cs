using Microsoft.Extensions.Options;
using WinBack.Adapters;
using WinBack.Adapters.Redis;
using WinBack.Core.Metrics;
using WinBack.Core.Models;

namespace WinBack.Service.Serving;

/// <summary>
/// Tells every few seconds what this node serves and sees: to Redis for whoever asks, to the metrics, and to the registry
/// when a rollout has gone wrong.
/// </summary>
internal sealed class HealthReporter(
    ModelFollower follower,
    ScoreObserver observer,
    ModelRegistry registry,
    ModelHealthStore store,
    IOptions<ModelServingOptions> options,
    ILogger<HealthReporter> log) : BackgroundService
{
    private static readonly string Node = $"{Environment.MachineName}:{Environment.ProcessId}";
    private bool _hasTidied;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await store.WithdrawAsync(Node, cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            // Readers leave it out after a minute anyway.
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new SideLoop(options.Value.ReportInterval, ReportAsync, log.ReportFailed).RunAsync(stoppingToken);

    private async Task ReportAsync(CancellationToken stop)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        if (!_hasTidied) await store.RemoveGoneAsync(now, stop);
        _hasTidied = true;
        IReadOnlyList<ModelReading> readings = observer.Read();
        V1.NodeModels report = NodeReport.Of(Node, now, follower.Report, readings, observer.Dropped);
        await store.ReportAsync(report, stop);
        foreach (V1.ModelReport model in report.Models)
            if (model.Shadow is { Segments: [{ Requests: > 0 }, ..] } shadow) await store.KeepAsync(model.Name, Node, shadow, stop);
        foreach (ModelReading reading in readings)
        {
            Measure(reading);
            if (reading is { Rollout: { } rollout, Verdict: { Fault: not CanaryFault.None } verdict })
                await RollBackAsync(reading.Name, rollout, verdict, now, stop);
        }
    }

    /// <summary>Whichever node is first ends the rollout for all.</summary>
    private async Task RollBackAsync(string name, CanaryRollout rollout, CanaryVerdict verdict, DateTimeOffset now, CancellationToken stop)
    {
        var note = new ChangeNote($"node {Node}", now, verdict.Detail);
        RegistryReply reply = await registry.ChangeAsync(c => CatalogueRules.RollCanaryBack(c, name, rollout, note), cancellationToken: stop);
        if (reply.Entry is null) return;
        Instruments.CanaryRollbacks.Add(
            1,
            new KeyValuePair<string, object?>("winback.model", name),
            Tag(verdict.Fault));
        log.CanaryRolledBack(name, rollout.Version, rollout.Percent, verdict.Detail);
    }

    private static void Measure(ModelReading reading)
    {
        var model = new KeyValuePair<string, object?>("winback.model", reading.Name);
        foreach (DriftReading drift in reading.Drift.Where(d => d.Observations > 0))
            Instruments.ModelDrift.Record(drift.Index, model, new KeyValuePair<string, object?>("winback.feature", drift.Name));
        Instruments.ModelFeaturesDrifting.Record(reading.Drift.Count(d => d.IsDrifting), model);
        if (reading.Shadow is not { } shadow) return;
        Instruments.ShadowDifference.Record(shadow.Segments[0].MeanAbsoluteDelta, model);
        Instruments.ShadowRankCorrelation.Record(shadow.RankCorrelation, model);
    }

    internal static KeyValuePair<string, object?> Tag(CanaryFault fault) => new("winback.canary.fault", fault switch
    {
        CanaryFault.Errors => "errors",
        CanaryFault.Latency => "latency",
        _ => "score_drift",
    });
}
