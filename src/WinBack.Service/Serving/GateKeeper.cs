using Microsoft.Extensions.Options;
using WinBack.Adapters.Redis;
using WinBack.Core.Experiments;
using WinBack.Core.Metrics;
using WinBack.Core.Models;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Experiments;

namespace WinBack.Service.Serving;

/// <summary>
/// Judges the running experiments every now and then, and moves what is to be moved: widens gates, switches losers off, stops
/// what is mismatched (rules E3). Every node does; whichever is first moves for all, and the others find it moved.
/// </summary>
internal sealed class GateKeeper(
    ExperimentRegistry registry,
    ExperimentCounts counts,
    Live<PlaybookModel> live,
    TimeProvider time,
    IOptions<ModelServingOptions> options,
    ILogger<GateKeeper> log) : BackgroundService
{
    private static readonly string Node = $"node {Environment.MachineName}:{Environment.ProcessId}";

    /// <summary>Reading all partitions is dearer than the report of a node, and experiments move by days.</summary>
    private const int ReportsPerLook = 6;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new SideLoop(ReportsPerLook * options.Value.ReportInterval, JudgeAsync, e => log.RegistryNotFollowed(ExperimentFollower.Subject, e))
            .RunAsync(stoppingToken);

    internal async Task JudgeAsync(CancellationToken stop)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (live.IsEmpty) return;
        ExperimentModel[] running =
            [.. live.Current.Experiments.Experiments.Where(e => e.Stage.Status == ExperimentStatus.Running && e.Start <= now)];
        if (running.Length == 0) return;
        IReadOnlyDictionary<string, IReadOnlyList<ExposureCell>> cells = await counts.ReadAsync(stop);
        foreach (ExperimentModel experiment in running)
        {
            ExperimentReading reading = ExperimentReading.Of(
                experiment.Design, cells.GetValueOrDefault(experiment.Id, []), experiment.Stage.Percent, now);
            GateVerdict verdict = GateVerdict.Of(experiment.Design, reading, experiment.Stage.Percent);
            if (verdict.Move != GateMove.Stay) await MoveAsync(experiment, verdict, now, stop);
        }
    }

    private async Task MoveAsync(ExperimentModel experiment, GateVerdict verdict, DateTimeOffset now, CancellationToken stop)
    {
        var note = new ChangeNote(Node, now, verdict.Detail);
        ExperimentStep step = await registry.ChangeAsync(
            c => ExperimentMoves.Follow(c, experiment.Stage, verdict, note), cancellationToken: stop);
        if (step.Entry is not { } entry) return;
        Instruments.ExperimentMoves.Add(
            1, new KeyValuePair<string, object?>("winback.experiment.change", entry.Change.ToString().ToLowerInvariant()));
        log.ExperimentMoved(entry.Experiment, entry.From, entry.To, entry.Reason);
    }
}
