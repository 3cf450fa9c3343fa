namespace WinBack.Core.Experiments;

/// <summary>What is known of an experiment at one moment.</summary>
/// <param name="Variants">In the order of the design.</param>
/// <param name="MismatchProbability">Always valid p-value of the shares: below <see cref="MismatchTest.Alpha"/> something is wrong.</param>
/// <param name="MaturedAtStep">Of a gated one: customers of the treatment at the present step whose time is over.</param>
public sealed record ExperimentReading(IReadOnlyList<VariantReading> Variants, double MismatchProbability, long MaturedAtStep)
{
    public bool IsMismatched => MismatchProbability <= MismatchTest.Alpha;

    /// <summary>
    /// Reads the counts. Customers enter the comparison in the order of days, each day when the time of all its customers is
    /// over: a success comes before a failure is known, so younger days would compare what is not yet to be compared.
    /// </summary>
    /// <param name="percent">The present step of the gate.</param>
    /// <param name="now">UTC.</param>
    public static ExperimentReading Of(ExperimentDesign design, IReadOnlyList<ExposureCell> cells, int percent, DateTimeOffset now)
    {
        // A day and its time after it are over when the last moment of the day is.
        DateOnly matured = DateOnly.FromDateTime((now - design.Metric.Within).UtcDateTime);
        ExposureCell[] known = [.. cells.Where(c => c.Day < matured)];
        // Several variants are several chances of a false alarm.
        double alpha = design.Metric.Alpha / Math.Max(1, design.Variants.Count - 1);
        VariantReading Reading(string name) => new(
            name,
            cells.Where(c => c.Variant == name).Sum(c => c.Exposures),
            known.Where(c => c.Variant == name).Sum(c => c.Exposures),
            known.Where(c => c.Variant == name).Sum(c => c.Successes),
            name == design.Control ? ConfidenceBounds.Unknown : ConfidenceSequence.Of(Batches(design, known, name), alpha));
        return new ExperimentReading(
            [.. design.Variants.Select(v => Reading(v.Name))],
            MismatchTest.Probability(Mismatch(design, cells)),
            known.Where(c => c.Percent == percent && c.Variant != design.Control).Sum(c => c.Exposures));
    }

    private static List<ArmCounts> Batches(ExperimentDesign design, ExposureCell[] cells, string variant)
    {
        var batches = new List<ArmCounts>();
        foreach (var day in cells.GroupBy(c => (c.Day, c.Percent)).OrderBy(d => d.Key))
        {
            double treated = design.ShareOf(variant, day.Key.Percent), control = design.ShareOf(design.Control, day.Key.Percent);
            // At the last step of a gate there is nothing to compare with.
            if (treated <= 0 || control <= 0) continue;
            ExposureCell of = day.FirstOrDefault(c => c.Variant == variant), other = day.FirstOrDefault(c => c.Variant == design.Control);
            batches.Add(new ArmCounts(treated / (treated + control), of.Exposures, of.Successes, other.Exposures, other.Successes));
        }

        return batches;
    }

    private static double Mismatch(ExperimentDesign design, IReadOnlyList<ExposureCell> cells)
    {
        double log = 0;
        foreach (var step in cells.GroupBy(c => c.Percent))
        {
            double[] shares = [.. design.Variants.Select(v => design.ShareOf(v.Name, step.Key))];
            if (Array.Exists(shares, share => share <= 0)) continue;
            long[] counts = [.. design.Variants.Select(v => step.Where(c => c.Variant == v.Name).Sum(c => c.Exposures))];
            log += MismatchTest.LogEvidence(counts, shares);
        }

        return log;
    }
}
