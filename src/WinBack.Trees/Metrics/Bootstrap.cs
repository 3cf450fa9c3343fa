namespace WinBack.Trees.Metrics;

/// <summary>How far figures would move with other rows of the same kind: intervals by resampling (Efron 1979, percentiles).</summary>
public static class Bootstrap
{
    public const int DefaultResamples = 200;

    /// <summary>Share of the resamples within the interval.</summary>
    public const double Level = 0.95;

    /// <param name="areProbabilities">See <see cref="ModelMetrics.Compute"/>.</param>
    /// <param name="predictions">Shape [rows].</param>
    /// <param name="labels">Shape [rows].</param>
    /// <param name="weights">Shape [rows], or empty for all 1.</param>
    /// <param name="groups">
    /// Shape [rows]: rows of one group (a customer) are drawn together, for they say less than as many of different ones.
    /// Empty draws rows.
    /// </param>
    /// <param name="seed">Of the draws.</param>
    /// <param name="resamples">1 to 10,000.</param>
    /// <returns>One for each figure but the number of rows; resamples in which a figure is not a number are left out.</returns>
    public static IReadOnlyList<MetricInterval> Compute(
        bool areProbabilities,
        double[] predictions,
        float[] labels,
        float[] weights,
        int[] groups,
        int seed,
        int resamples = DefaultResamples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(resamples, 10_000);
        var drawn = new Resample(predictions, labels, weights, groups);
        var intervals = Intervals(
            ModelMetrics.Compute(areProbabilities, predictions, labels, weights).Figures,
            drawn,
            () => ModelMetrics.Compute(areProbabilities, drawn.Predictions, drawn.Labels, drawn.Weights).Figures,
            seed,
            resamples);
        return intervals.Where(interval => interval.Name != "rows").ToArray();
    }

    /// <summary>
    /// How much better one model is than another on the same rows: figures of the first minus those of the second. Both are
    /// judged on the same resamples, so what moves both alike does not widen the interval.
    /// </summary>
    /// <inheritdoc cref="Compute"/>
    public static IReadOnlyList<MetricInterval> Compare(
        bool areProbabilities,
        double[] predictions,
        double[] others,
        float[] labels,
        float[] weights,
        int[] groups,
        int seed,
        int resamples = DefaultResamples)
    {
        var drawn = new Resample(predictions, labels, weights, groups);
        var sortedOthers = drawn.Order.Select(row => others[row]).ToArray();
        return Intervals(
            Differences(areProbabilities, predictions, others, labels, weights),
            drawn,
            () => Differences(areProbabilities, drawn.Predictions, sortedOthers, drawn.Labels, drawn.Weights),
            seed,
            resamples);
    }

    /// <param name="point">The figures on the rows as they are.</param>
    /// <param name="figuresOfDraw">The same figures on the latest draw.</param>
    private static MetricInterval[] Intervals(
        IReadOnlyList<KeyValuePair<string, double>> point,
        Resample drawn,
        Func<IReadOnlyList<KeyValuePair<string, double>>> figuresOfDraw,
        int seed,
        int resamples)
    {
        var draws = point.Select(_ => new List<double>(resamples)).ToArray();
        var random = new Random(seed);
        for (int i = 0; i < resamples; i++)
        {
            drawn.Draw(random);
            var figures = figuresOfDraw();
            for (int f = 0; f < draws.Length; f++)
            {
                if (double.IsFinite(figures[f].Value)) draws[f].Add(figures[f].Value);
            }
        }

        return point.Select((figure, f) => Interval(figure, draws[f])).ToArray();
    }

    /// <summary>
    /// Percentiles, widened to the value itself: resampling adds noise, which only ever raises a calibration error, so its
    /// resamples may all lie above it.
    /// </summary>
    private static MetricInterval Interval(KeyValuePair<string, double> figure, List<double> draws) => new(
        figure.Key,
        figure.Value,
        Math.Min(figure.Value, Quantile(draws, (1 - Level) / 2)),
        Math.Max(figure.Value, Quantile(draws, (1 + Level) / 2)));

    private static KeyValuePair<string, double>[] Differences(
        bool areProbabilities, double[] predictions, double[] others, float[] labels, float[] weights)
    {
        var first = ModelMetrics.Compute(areProbabilities, predictions, labels, weights).Figures;
        var second = ModelMetrics.Compute(areProbabilities, others, labels, weights).Figures;
        return first.Zip(second, (a, b) => new KeyValuePair<string, double>(a.Key, a.Value - b.Value)).ToArray();
    }

    /// <summary>Linear between order statistics; NaN of nothing.</summary>
    private static double Quantile(List<double> values, double share)
    {
        if (values.Count == 0) return double.NaN;
        values.Sort();
        double place = share * (values.Count - 1);
        int below = (int)place;
        int above = Math.Min(below + 1, values.Count - 1);
        return values[below] + ((place - below) * (values[above] - values[below]));
    }

    /// <summary>Rows drawn with replacement, as weights: a row that was drawn twice counts twice.</summary>
    private sealed class Resample
    {
        private readonly float[] _weights;
        private readonly int[] _groups;
        private readonly int[] _times;

        public Resample(double[] predictions, float[] labels, float[] weights, int[] groups)
        {
            // Sorted once, so that the metrics that sort find their work done.
            Order = Enumerable.Range(0, predictions.Length).ToArray();
            Predictions = (double[])predictions.Clone();
            Array.Sort(Predictions, Order);
            Labels = Order.Select(row => labels[row]).ToArray();
            _weights = Order.Select(row => weights.Length == 0 ? 1 : weights[row]).ToArray();
            var numbers = new Dictionary<int, int>();
            _groups = Order.Select(row => Number(numbers, groups.Length == 0 ? row : groups[row])).ToArray();
            _times = new int[numbers.Count];
            Weights = new float[Order.Length];
        }

        /// <summary>The row that each place is of.</summary>
        public int[] Order { get; }

        public double[] Predictions { get; }

        public float[] Labels { get; }

        public float[] Weights { get; }

        public void Draw(Random random)
        {
            Array.Clear(_times);
            for (int i = 0; i < _times.Length; i++) _times[random.Next(_times.Length)]++;
            for (int row = 0; row < Weights.Length; row++) Weights[row] = _weights[row] * _times[_groups[row]];
        }

        private static int Number(Dictionary<int, int> numbers, int group)
        {
            numbers.TryAdd(group, numbers.Count);
            return numbers[group];
        }
    }
}
