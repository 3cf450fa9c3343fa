using WinBack.Trees.Ensemble;
using WinBack.Trees.Metrics;
using WinBack.Trees.ModelFiles;
using WinBack.Trees.Training;

namespace WinBack.Cli.Training;

/// <summary>Rows that a model did not learn from, with what it says of them.</summary>
/// <param name="Part">test, or validation (which chose the number of rounds and the calibration).</param>
/// <param name="Ensemble">The model that is judged; with refit and without test rows, the one before the refit.</param>
/// <param name="Table">The rows, features in the order of the model.</param>
/// <param name="Segments">Shape [rows]; the segment of each row.</param>
/// <param name="SegmentName">What segments are of.</param>
/// <param name="Customers">Shape [rows], or empty; rows of one customer are drawn together in a bootstrap.</param>
internal sealed record JudgedRows(
    string Part, TreeEnsemble Ensemble, TrainingTable Table, string[] Segments, string SegmentName, int[] Customers)
{
    private const int Seed = 1;
    private const int LargestSegments = 12;
    private const int SmallestSegment = 50;

    /// <summary>Shape [rows]; probabilities or means.</summary>
    internal double[] Predictions { get; } = GradientBoostingTrainer.Predictions(Ensemble, Table);

    internal bool AreProbabilities => Ensemble.Link.GivesProbabilities;

    /// <summary>The test rows when there are, else the validation rows.</summary>
    internal static JudgedRows Of(TableFile file, TableFile? test, TrainedModel trained, string? segmentColumn)
    {
        TreeEnsemble ensemble = test is null ? trained.Watched.Ensemble : trained.Ensemble;
        IReadOnlyList<int> rows = RowsOf(test, trained);
        TableFile source = test ?? file;
        TrainingTable table = test is null ? trained.Split.Validation : TableOrder.As(test, ensemble);
        (string name, string[] segments) = source.Segments.Length > 0
            ? (segmentColumn!, rows.Select(row => source.Segments[row]).ToArray())
            : Segmentation.ByTopFeature(ensemble, table, source.Categories);
        int[] customers = source.Customers.Length == 0 ? [] : rows.Select(row => source.Customers[row]).ToArray();
        return new JudgedRows(test is null ? "validation" : "test", ensemble, table, segments, name, customers);
    }

    /// <summary>The row numbers of the judged rows in the table they are from.</summary>
    internal static IReadOnlyList<int> RowsOf(TableFile? test, TrainedModel trained) =>
        test is null ? trained.Split.ValidationRows : Enumerable.Range(0, test.Table.RowCount).ToArray();

    /// <summary>Figures with intervals: all rows first, then the largest segments, by name.</summary>
    internal IReadOnlyList<SegmentMetric> Intervals()
    {
        var all = Enumerable.Range(0, Predictions.Length).ToArray();
        var bySegment = all.GroupBy(row => Segments[row], StringComparer.Ordinal)
            .Where(group => group.Count() >= SmallestSegment)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Take(LargestSegments)
            .OrderBy(group => group.Key, StringComparer.Ordinal);
        return
        [
            .. IntervalsOf("", all),
            .. bySegment.SelectMany(group => IntervalsOf($"{SegmentName}: {group.Key}", group.ToArray())),
        ];
    }

    private IEnumerable<SegmentMetric> IntervalsOf(string segment, int[] rows)
    {
        IReadOnlyList<MetricInterval> intervals = Bootstrap.Compute(
            AreProbabilities,
            rows.Select(row => Predictions[row]).ToArray(),
            rows.Select(row => Table.Labels[row]).ToArray(),
            Table.Weights.Length == 0 ? [] : rows.Select(row => Table.Weights[row]).ToArray(),
            Customers.Length == 0 ? [] : rows.Select(row => Customers[row]).ToArray(),
            Seed);
        return intervals.Select(i => new SegmentMetric(Part, segment, rows.Length, i.Name, i.Value, i.Low, i.High));
    }
}
