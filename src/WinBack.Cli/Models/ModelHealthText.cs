using Google.Protobuf.WellKnownTypes;

namespace WinBack.Cli.Models;

/// <summary>The health of the models, readable.</summary>
internal static class ModelHealthText
{
    /// <param name="name">Shows this model only; null for all.</param>
    /// <param name="top">Features to list of each model, most drifted first.</param>
    /// <returns>True when nothing asks for somebody.</returns>
    internal static bool Write(TextWriter text, V1.ModelHealth health, string? name, int top)
    {
        bool isWell = true;
        if (health.Nodes.Count == 0) text.WriteLine("No service node has reported within the last minute.");
        foreach (V1.NodeModels node in health.Nodes)
        {
            string behind = node.Revision == health.Revision ? "" : $", the registry is at {health.Revision}";
            text.WriteLine($"node {node.Node}: revision {node.Revision}{behind}; {node.DroppedObservations} scored requests not looked at");
            foreach (V1.ModelReport model in node.Models.Where(m => name is null || m.Name == name)) isWell &= Write(text, model, top);
        }

        foreach (V1.CalibrationReading reading in health.Calibrations.Where(r => name is null || r.Model == name)) isWell &= Write(text, reading);
        return isWell;
    }

    private static bool Write(TextWriter text, V1.ModelReport model, int top)
    {
        text.WriteLine($"  {model.Name} {model.Champion}{(model.FromFolder ? " (of the model folder)" : "")}");
        foreach (V1.RefusedVersion refused in model.Refused) text.WriteLine($"    REFUSED {refused.Version} as {refused.Alias}: {refused.Problem}");
        int drifting = model.Drift.Count(d => d.Drifting);
        if (model.Drift.Count == 0) text.WriteLine("    drift: not measured, the manifest has no reference histograms");
        else Line(text, $"    drift: {drifting} of {model.Drift.Count} beyond what chance explains, over {model.Drift[0].Observations} requests");
        foreach (V1.DriftReading drift in model.Drift.Where(d => d.Observations > 0).OrderByDescending(d => d.Index / d.Threshold).Take(top))
            Line(text, $"      {(drift.Drifting ? "DRIFT" : "ok"),-6}{drift.Name,-28} index {drift.Index,7:F3}  may be {drift.Threshold:F3}");
        if (model.Shadow is { } shadow) Write(text, shadow);
        if (model.Canary is { } canary) Write(text, canary);
        return drifting == 0 && model.Refused.Count == 0;
    }

    internal static void Write(TextWriter text, V1.ShadowReading shadow)
    {
        Line(text, $"    shadow {shadow.Challenger}: rank correlation {shadow.RankCorrelation:F3} with {shadow.Champion}");
        foreach (V1.ShadowSegment segment in shadow.Segments)
        {
            string tier = segment.ValueTier == V1.ValueTier.Unspecified ? "all" : segment.ValueTier.ToString().ToLowerInvariant();
            Line(text, $"      {tier,-6}{segment.Requests,9} requests, {segment.Disagreement:P1} over a tenth apart");
            Line(text, $"             mean difference {segment.MeanDelta,6:F3}, mean distance {segment.MeanAbsoluteDelta:F3}");
        }
    }

    private static void Write(TextWriter text, V1.CanaryReading canary)
    {
        Line(text, $"    canary {canary.Rollout.Version} at {canary.Rollout.Percent} %");
        Line(text, $"      predictions {canary.ScoreDistance:F3} apart; index {canary.ScoreIndex:F3}, by chance up to {canary.ScoreThreshold:F3}");
        foreach ((string arm, V1.CanaryArm figures) in new[] { ("canary", canary.Canary), ("champion", canary.Champion) })
        {
            Line(text, $"      {arm,-9}{figures.Requests,9} requests, {figures.Errors} failed, mean prediction {figures.MeanPrediction:F3}");
            Line(text, $"               nine in ten scored within {figures.ScoringP90Micros:F0} us");
        }
    }

    private static bool Write(TextWriter text, V1.CalibrationReading reading)
    {
        Timestamp time = reading.MeasureTime;
        string verdict = reading.Drifting ? "DRIFT" : "ok";
        bool isOfOutcomes = reading.Source == V1.CalibrationReading.Types.Source.Outcomes;
        string labels = isOfOutcomes ? " by outcomes" : "";
        Line(text, $"calibration of {reading.Model} {reading.Version}{labels}, {time.ToDateTime():yyyy-MM-dd HH:mm} UTC: {verdict}");
        if (isOfOutcomes) WriteOutcomes(text, reading);
        if (reading.Rows == 0) return true;
        Line(text, $"  {reading.Rows} rows: says {reading.MeanPrediction:P1}, was {reading.ObservedRate:P1}");
        string reference = reading.HasReferenceError ? FormattableString.Invariant($"{reading.ReferenceError:F3}") : "unknown";
        Line(text, $"  calibration error {reading.CalibrationError:F3}; when it was made {reference}");
        Line(text, $"  Hosmer-Lemeshow statistic {reading.Statistic:F1}, may be {reading.Threshold:F1}");
        return !reading.Drifting;
    }

    private static void WriteOutcomes(TextWriter text, V1.CalibrationReading reading)
    {
        string few = reading.Rows < reading.RowsNeeded ? $"; from {reading.RowsNeeded} labels on it is judged" : "";
        Line(text, $"  {reading.Rows} predictions that were served have their label, {reading.Waiting} wait for it{few}");
        if (reading.Contacts is not { Rows: > 0 } contacts) return;
        Line(text, $"  {contacts.Rows} of them with something to send: says {contacts.MeanPrediction:P1}, was {contacts.ObservedRate:P1}");
    }

    private static void Line(TextWriter text, FormattableString line) => text.WriteLine(FormattableString.Invariant(line));
}
