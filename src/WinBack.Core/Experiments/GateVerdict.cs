namespace WinBack.Core.Experiments;

/// <summary>What a gate's figures come to (rules E3).</summary>
/// <param name="Detail">In words with the figures; goes into the audit trail.</param>
public readonly record struct GateVerdict(GateMove Move, string Detail)
{
    private const int LastButOne = 25;

    /// <summary>Asked as often as one likes: the bounds hold at all times at once.</summary>
    public static GateVerdict Of(ExperimentDesign design, ExperimentReading reading, int percent)
    {
        if (reading.IsMismatched)
            return new GateVerdict(GateMove.Mismatch, FormattableString.Invariant(
                $"sample-ratio mismatch: {Counts(reading)} (p {reading.MismatchProbability:0.0e0})"));
        if (!design.IsGated || percent >= GateSteps.Last) return new GateVerdict(GateMove.Stay, "");
        VariantReading treatment = reading.Variants.First(v => v.Name != design.Control);
        ConfidenceBounds difference = treatment.Difference;
        string figures = FormattableString.Invariant(
            $"difference {difference.Estimate:+0.0000;-0.0000} in {difference.Lower:+0.0000;-0.0000} to {difference.Upper:+0.0000;-0.0000}");
        if (difference.Upper < 0) return new GateVerdict(GateMove.SwitchOff, $"the treatment loses: {figures}");
        if (reading.MaturedAtStep < design.Metric.MinExposures) return new GateVerdict(GateMove.Stay, "");
        // Before everybody gets it, it must have won; before that it is enough that it does no harm that matters.
        double needed = percent >= LastButOne ? 0 : -design.Metric.Tolerance;
        return difference.Lower > needed
            ? new GateVerdict(GateMove.Widen, $"{figures}; {reading.MaturedAtStep} customers at {percent} %")
            : new GateVerdict(GateMove.Stay, "");
    }

    private static string Counts(ExperimentReading reading) =>
        string.Join(", ", reading.Variants.Select(v => $"{v.Name} {v.Exposures}"));
}
