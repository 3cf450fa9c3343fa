using WinBack.Trees.Ensemble;
using WinBack.Trees.ModelFiles;

namespace WinBack.Cli.Models;

/// <summary>Compares a model with what was read back after writing it, on rows around its thresholds.</summary>
internal sealed class ModelComparison
{
    internal const int Rows = 500;
    private const int Seed = 1;

    /// <summary>Of what the largest leaves add up to: more than rounding of sums can make is a fault of this program.</summary>
    private const double Rounding = 1e-6;

    private readonly TreeModel _model;
    private readonly double _scale;

    internal ModelComparison(TreeModel model)
    {
        _model = model;
        _scale = ScaleOf(model.Ensemble);
    }

    /// <summary>In parts of 1 + |score|, over all rows and outputs.</summary>
    internal double LargestDifference(string path, TreeModel written)
    {
        int[] places = ColumnMatch.Find(
            written.Columns.Select(column => column.Name).ToArray(),
            _model.Columns.Select(column => column.Name).ToArray(),
            ColumnNameMap.Empty).Places.Select((place, c) => place < 0 ? c : place).ToArray();
        var rows = new SampleRows(_model);
        var random = new Random(Seed);
        var (numbers, texts) = (new float[_model.Columns.Count], new string?[_model.Columns.Count]);
        double largest = 0;
        for (int row = 0; row < Rows; row++)
        {
            rows.Next(random, numbers, texts);
            double[] expected = Scores(_model, numbers, texts);
            double[] found = Scores(
                written, places.Select(place => numbers[place]).ToArray(), places.Select(place => texts[place]).ToArray());
            for (int k = 0; k < expected.Length; k++)
            {
                double difference = Math.Abs(found[k] - expected[k]);
                if (difference > Rounding * _scale)
                    throw new InvalidOperationException($"{path}: row {row}, output {k} is {found[k]:R} after writing, {expected[k]:R} before");
                largest = Math.Max(largest, difference / (1 + Math.Abs(expected[k])));
            }
        }

        return largest;
    }

    private static double[] Scores(TreeModel model, float[] numbers, string?[] texts)
    {
        var (features, scores) = (new float[model.FeatureNames.Count], new double[model.Ensemble.OutputCount]);
        model.Prepare(numbers, texts, features);
        model.RawScores(features, scores);
        return scores;
    }

    /// <summary>What the largest leaves of all trees add up to: rounding errors are parts of it.</summary>
    private static double ScaleOf(TreeEnsemble ensemble)
    {
        double sum = 1;
        foreach (double score in ensemble.BaseScores) sum += Math.Abs(score);
        foreach (Tree tree in ensemble.Trees)
        {
            double largest = 0;
            foreach (double leaf in tree.LeafValues) largest = Math.Max(largest, Math.Abs(leaf));
            sum += largest;
        }

        return sum / Math.Min(1, Math.Abs(ensemble.Divisor));
    }
}
