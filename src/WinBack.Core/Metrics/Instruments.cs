using System.Diagnostics.Metrics;

namespace WinBack.Core.Metrics;

/// <summary>Every instrument of WinBack, by component. Units after UCUM; tags come from closed sets only.</summary>
public static class Instruments
{
    public const string MeterName = "WinBack";

    private static readonly Meter Meter = new(MeterName);

    /// <summary>From half a millisecond, which is a decision on an idle machine, to the longest that a caller waits.</summary>
    private static readonly InstrumentAdvice<double> OfCalls = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10],
    };

    /// <summary>From a chunk on an idle machine to events that waited out an outage.</summary>
    private static readonly InstrumentAdvice<double> OfFold = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600],
    };

    /// <summary>Records that became part of the watermark, tagged <c>winback.fold.outcome</c>.</summary>
    public static Counter<long> RecordsFolded { get; } =
        Meter.CreateCounter<long>("winback.fold.records", "{record}", "Records folded into state, by outcome.");

    /// <summary>Told by outcome events; each is a customer who was promised something (rules S7).</summary>
    public static Counter<long> CodesRefused { get; } =
        Meter.CreateCounter<long>("winback.offer.codes_refused", "{code}", "Offer codes refused at their redemption.");

    /// <summary>Chunks by what the compare-and-set script answered, tagged <c>winback.commit.result</c>.</summary>
    public static Counter<long> Commits { get; } =
        Meter.CreateCounter<long>("winback.fold.commits", "{commit}", "Chunk commits, by result.");

    public static Counter<long> TakeOvers { get; } =
        Meter.CreateCounter<long>("winback.fold.takeovers", "{takeover}", "Partitions taken over.");

    /// <summary>Tagged <c>messaging.destination.partition.id</c>; 0 where the partition was given up.</summary>
    public static Gauge<long> FoldLag { get; } =
        Meter.CreateGauge<long>("winback.fold.lag", "{record}", "Records of a partition, over its topics, that are not folded yet.");

    public static Histogram<double> ChunkDuration { get; } = Meter.CreateHistogram(
        "messaging.process.duration", "s", "From the first record of a chunk to its commit.", tags: null, OfFold);

    /// <summary>Of events that withdraw permission (rules C1): no confirmation passes them from the commit on.</summary>
    public static Histogram<double> OptOutDelay { get; } = Meter.CreateHistogram(
        "winback.optout.delay", "s", "From the record of an opt-out to the commit that blocks confirmations.", tags: null, OfFold);

    /// <summary>Calls of scripts that Redis did not answer as it should, tagged <c>winback.script</c> and <c>error.type</c>.</summary>
    public static Counter<long> ScriptFailures { get; } =
        Meter.CreateCounter<long>("winback.script.failures", "{call}", "Calls of Redis scripts that failed, by script and kind of failure.");

    /// <summary>Tagged <c>winback.readiness.condition</c>; 1 where it is as it should be, else 0.</summary>
    public static Gauge<int> Readiness { get; } =
        Meter.CreateGauge<int>("winback.readiness", "{condition}", "Whether what readiness asks for is so.");

    public static Gauge<double> ClockOffset { get; } =
        Meter.CreateGauge<double>("winback.clock.offset", "s", "How far the clock of Redis is ahead of this machine's.");

    /// <summary>Tagged <c>winback.decision.outcome</c>: action, no_action, refused, unavailable, overloaded.</summary>
    public static Histogram<double> DecisionDuration { get; } = Meter.CreateHistogram(
        "winback.decision.duration", "s", "From request to decision, waiting for its turn and both round trips included.", tags: null, OfCalls);

    public static Counter<long> DecisionsPublished { get; } =
        Meter.CreateCounter<long>("winback.outbox.published", "{decision}", "Decisions written to the decisions topic.");

    /// <summary>Versions that a node would not serve, tagged <c>winback.model</c>: churn, winback.</summary>
    public static Counter<long> ModelsRefused { get; } =
        Meter.CreateCounter<long>("winback.model.refused", "{model}", "Models refused by verification, by model.");

    public static Counter<long> ModelSwaps { get; } =
        Meter.CreateCounter<long>("winback.model.swaps", "{swap}", "Times that what is served was exchanged.");

    public static Counter<long> PlaybooksRefused { get; } =
        Meter.CreateCounter<long>("winback.playbook.refused", "{playbook}", "Playbooks refused by verification.");

    public static Counter<long> PlaybookSwaps { get; } =
        Meter.CreateCounter<long>("winback.playbook.swaps", "{swap}", "Times that the playbook that serves was exchanged.");

    /// <summary>Tagged <c>winback.experiment.change</c>: widen, switchoff, mismatch.</summary>
    public static Counter<long> ExperimentMoves { get; } =
        Meter.CreateCounter<long>("winback.experiment.moves", "{move}", "Experiments that this node has moved.");

    /// <summary>Scored requests that nobody looked at because too many waited.</summary>
    public static Counter<long> ObservationsDropped { get; } = Meter.CreateCounter<long>(
        "winback.model.observations.dropped", "{request}", "Scored requests not looked at by shadow and drift.");

    /// <summary>Tagged <c>winback.model</c> and <c>winback.feature</c>: the features of the schema, and prediction.</summary>
    public static Gauge<double> ModelDrift { get; } =
        Meter.CreateGauge<double>("winback.model.drift.index", "{index}", "Population stability index against the model's reference.");

    /// <summary>Tagged <c>winback.model</c>; the prediction counts as one.</summary>
    public static Gauge<int> ModelFeaturesDrifting { get; } =
        Meter.CreateGauge<int>("winback.model.drift.features", "{feature}", "Features whose index is beyond its threshold.");

    /// <summary>Tagged <c>winback.model</c>.</summary>
    public static Gauge<double> ShadowDifference { get; } =
        Meter.CreateGauge<double>("winback.model.shadow.distance", "{probability}", "Mean distance of challenger and champion.");

    /// <summary>Tagged <c>winback.model</c>.</summary>
    public static Gauge<double> ShadowRankCorrelation { get; } =
        Meter.CreateGauge<double>("winback.model.shadow.rank_correlation", "{correlation}", "Spearman's, challenger and champion.");

    /// <summary>Tagged <c>winback.model</c>; of the labels that outcomes gave.</summary>
    public static Gauge<double> CalibrationError { get; } = Meter.CreateGauge<double>(
        "winback.model.calibration.error", "{probability}", "Expected calibration error of the predictions that were served.");

    /// <summary>Tagged <c>winback.model</c>.</summary>
    public static Gauge<long> CalibrationRows { get; } =
        Meter.CreateGauge<long>("winback.model.calibration.rows", "{prediction}", "Predictions that were served and have a label now.");

    /// <summary>Tagged <c>winback.model</c>; 0 or 1.</summary>
    public static Gauge<int> CalibrationDrifting { get; } = Meter.CreateGauge<int>(
        "winback.model.calibration.drifting", "{model}", "Whether the predictions that were served are not what became true.");

    /// <summary>Tagged <c>winback.model</c> and <c>winback.canary.fault</c>: errors, latency, score_drift.</summary>
    public static Counter<long> CanaryRollbacks { get; } =
        Meter.CreateCounter<long>("winback.model.canary.rollbacks", "{rollback}", "Rollouts that this node has ended.");
}
