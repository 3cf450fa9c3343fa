namespace WinBack.Core.Models;

/// <summary>
/// How the predictions that were served compare with what became true. A prediction counts once its label can change no
/// more: its horizon is over, events that came in its time would be late by now, and all that had arrived is folded. Before
/// that it counts in neither class, also when the customer is back already: who returns is known sooner than who does not.
/// </summary>
/// <param name="Drift">Of those that count; null for none.</param>
/// <param name="Waiting">Predictions whose label is not known yet.</param>
/// <param name="Contacts">Of those that count, the ones where the decision was to send something; null for none.</param>
public sealed record OutcomeCalibration(CalibrationDrift? Drift, long Waiting, CalibrationDrift? Contacts)
{
    /// <summary>With fewer the tenths hold too few rows for the statistic to be chi-square.</summary>
    public const int LeastRows = 200;

    /// <summary>Number of predictions with a label.</summary>
    public long Rows => Drift?.Rows ?? 0;

    public bool IsDrifting => Rows >= LeastRows && Drift!.IsDrifting;

    /// <param name="samples">Those of other versions are passed over.</param>
    /// <param name="referenceError">ECE that the model had when it was made; NaN when unknown.</param>
    /// <param name="settling">From the end of its horizon a label may change for so long, by events that come late.</param>
    /// <param name="window">Labels that have been known for longer count no more.</param>
    public static OutcomeCalibration Of(
        string model,
        string version,
        LabelRule rule,
        double referenceError,
        IEnumerable<PredictionSample> samples,
        TimeSpan settling,
        TimeSpan window)
    {
        var probabilities = new List<double>();
        var labels = new List<float>();
        var contacts = new List<int>();
        long waiting = 0;
        foreach (PredictionSample sample in samples)
        {
            if (Find(sample, model, version) is not { } said || !rule.Includes(sample)) continue;
            DateTimeOffset known = sample.Time + rule.Horizon + settling;
            if (known > sample.FoldedUntil)
            {
                waiting++;
            }
            else if (known > sample.FoldedUntil - window)
            {
                if (sample.IsContact) contacts.Add(labels.Count);
                probabilities.Add(said.Probability);
                labels.Add(rule.LabelOf(sample) ? 1 : 0);
            }
        }

        return new OutcomeCalibration(
            Measure([.. probabilities], [.. labels], referenceError),
            waiting,
            Measure([.. contacts.Select(i => probabilities[i])], [.. contacts.Select(i => labels[i])], referenceError));
    }

    private static ServedPrediction? Find(PredictionSample sample, string model, string version)
    {
        foreach (ServedPrediction said in sample.Predictions)
            if (said.Model == model && said.Version == version) return said;
        return null;
    }

    private static CalibrationDrift? Measure(double[] probabilities, float[] labels, double referenceError) =>
        labels.Length == 0 ? null : CalibrationDrift.Of(probabilities, labels, referenceError);
}
