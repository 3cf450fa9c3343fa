using WinBack.Trees.Training;

namespace WinBack.Trees.Uplift;

/// <summary>How well a ranking puts those first whom a treatment changes most: Qini, AUUC and uplift at a share.</summary>
/// <remarks>
/// Rows are ordered by score, the highest first; rows of equal score are one step. Outcomes weigh with the inverse of their
/// propensity, so that both arms stand for all rows. Over the first share s of the rows:
/// lift(s) = mean outcome of the treated - mean outcome of the control; gain(s) = s * lift(s), the outcomes gained per row of
/// the population when that share is treated. AUUC = area under gain(s); Qini = area between gain(s) and the straight line
/// from 0 to gain(1), which a random order follows (Radcliffe 2007, per row of the population).
/// </remarks>
public sealed class UpliftCurve
{
    private readonly int[] _order;
    private readonly double[] _scores;
    private readonly double[] _outcomes;
    private readonly double[] _weights;
    private readonly bool[] _treated;

    /// <param name="scores">Shape [rows]; higher is treated first.</param>
    /// <param name="treated">Shape [rows].</param>
    /// <param name="outcomes">Shape [rows].</param>
    /// <param name="propensities">Shape [rows]; the probability of having been treated, above 0 and below 1.</param>
    /// <exception cref="ArgumentException">Lengths differ, a score is NaN, or one arm has no rows.</exception>
    public UpliftCurve(
        ReadOnlySpan<double> scores, ReadOnlySpan<bool> treated, ReadOnlySpan<float> outcomes, ReadOnlySpan<double> propensities)
    {
        int rows = scores.Length;
        if (treated.Length != rows || outcomes.Length != rows || propensities.Length != rows)
        {
            throw new ArgumentException(
                $"{rows} scores, {treated.Length} treatments, {outcomes.Length} outcomes, {propensities.Length} propensities.");
        }

        if (treated.IndexOf(true) < 0 || treated.IndexOf(false) < 0)
        {
            throw new ArgumentException("Treated and untreated rows are needed.");
        }

        double[] keys = scores.ToArray();
        _order = Enumerable.Range(0, rows).ToArray();
        if (Array.Exists(keys, double.IsNaN))
        {
            throw new ArgumentException("A score is NaN.");
        }

        Array.Sort(keys.Select(score => -score).ToArray(), _order);
        _scores = new double[rows];
        _outcomes = new double[rows];
        _weights = new double[rows];
        _treated = new bool[rows];
        for (int i = 0; i < rows; i++)
        {
            int row = _order[i];
            _scores[i] = scores[row];
            _outcomes[i] = outcomes[row];
            _treated[i] = treated[row];
            _weights[i] = 1 / (treated[row] ? propensities[row] : 1 - propensities[row]);
        }

        Points = Walk(null);
        (Auuc, Qini) = Areas(Points);
    }

    /// <summary>The gain at the end of every step, share ascending; begins at (0, 0).</summary>
    public IReadOnlyList<UpliftPoint> Points { get; }

    /// <summary>Outcomes per row, averaged over all shares.</summary>
    public double Auuc { get; }

    /// <summary>AUUC beyond that of a random order; below 0 the ranking is worse than chance.</summary>
    public double Qini { get; }

    /// <summary>The effect on everybody, outcomes per row.</summary>
    public double AverageEffect => Points[^1].Gain;

    /// <summary>The mean effect on the first share of the rows, outcomes per row of that share.</summary>
    /// <param name="share">Above 0, at most 1; between two steps it is interpolated.</param>
    public double UpliftAt(double share) => GainAt(Points, share) / share;

    /// <summary>Qini, AUUC and uplift at a share on resampled rows, for intervals.</summary>
    /// <param name="share">For the uplift.</param>
    /// <param name="confidence">Of the intervals, for instance 0.95.</param>
    public UpliftIntervals Bootstrap(double share, int draws, ulong seed, double confidence = 0.95)
    {
        var sequence = new SeededSequence(seed);
        var counts = new int[_scores.Length];
        double[] qini = new double[draws];
        double[] auuc = new double[draws];
        double[] uplift = new double[draws];
        for (int draw = 0; draw < draws; draw++)
        {
            Resampling.Draw(sequence, counts);
            var points = Walk(counts);
            (auuc[draw], qini[draw]) = Areas(points);
            uplift[draw] = GainAt(points, share) / share;
        }

        return new UpliftIntervals(
            ValueInterval.Of(Qini, qini, confidence), ValueInterval.Of(Auuc, auuc, confidence),
            ValueInterval.Of(UpliftAt(share), uplift, confidence));
    }

    private static (double Auuc, double Qini) Areas(IReadOnlyList<UpliftPoint> points)
    {
        double area = 0;
        for (int i = 1; i < points.Count; i++)
        {
            area += (points[i].Share - points[i - 1].Share) * (points[i].Gain + points[i - 1].Gain) / 2;
        }

        return (area, area - (points[^1].Gain / 2));
    }

    private static double GainAt(IReadOnlyList<UpliftPoint> points, double share)
    {
        if (points.Count == 1)
        {
            return 0;
        }

        int i = 1;
        while (i < points.Count - 1 && points[i].Share < share)
        {
            i++;
        }

        double width = points[i].Share - points[i - 1].Share;
        double part = width > 0 ? (share - points[i - 1].Share) / width : 1;
        return points[i - 1].Gain + (Math.Clamp(part, 0, 1) * (points[i].Gain - points[i - 1].Gain));
    }

    /// <param name="counts">How often each row, by row number, was drawn; null is once.</param>
    private List<UpliftPoint> Walk(int[]? counts)
    {
        double total = counts?.Sum() ?? _scores.Length;
        var points = new List<UpliftPoint> { new(0, 0) };
        double seen = 0;
        Span<double> weight = [0, 0];
        Span<double> sum = [0, 0];
        for (int i = 0; i < _scores.Length; i++)
        {
            int count = counts is null ? 1 : counts[_order[i]];
            int arm = _treated[i] ? 1 : 0;
            seen += count;
            weight[arm] += count * _weights[i];
            sum[arm] += count * _weights[i] * _outcomes[i];
            bool isStep = i == _scores.Length - 1 || _scores[i + 1] != _scores[i];
            if (isStep && weight[0] > 0 && weight[1] > 0)
            {
                double share = seen / total;
                points.Add(new UpliftPoint(share, share * ((sum[1] / weight[1]) - (sum[0] / weight[0]))));
            }
        }

        return points;
    }
}
