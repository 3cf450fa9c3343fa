using WinBack.Trees.Ensemble;
using WinBack.Trees.Training;

namespace WinBack.Bench.Scoring;

/// <summary>A model trained on made-up rows with missing values, and distinct rows to score by it.</summary>
internal sealed class TrainedRows
{
    internal const int Count = 4096;

    internal TrainedRows(int features, int leaves)
    {
        var random = new Random(1);
        float[][] columns = [.. Enumerable.Range(0, features).Select(_ => Enumerable.Range(0, 20_000).Select(_ => Value(random)).ToArray())];
        float[] labels = [.. Enumerable.Range(0, 20_000).Select(row => Label(random, columns, row))];
        var table = new TrainingTable([.. Enumerable.Range(0, features).Select(f => $"f{f}")], columns, labels);
        Ensemble = GradientBoostingTrainer.TrainEnsemble(table, new TrainingOptions { Rounds = 100, Leaves = leaves });
        Flat = new float[Count * features];
        for (int row = 0; row < Count; row++) table.CopyRow(row, Flat.AsSpan(row * features, features));
    }

    internal TreeEnsemble Ensemble { get; }

    /// <summary>Shape [rows * F].</summary>
    internal float[] Flat { get; }

    private static float Value(Random random) => random.Next(10) == 0 ? float.NaN : random.NextSingle() * 10;

    private static float Label(Random random, float[][] columns, int row)
    {
        double logOdds = columns.Select((column, f) => float.IsNaN(column[row]) ? 0.3 : Math.Sin(column[row] * ((f % 5) + 1)) / (1 + (f % 7))).Sum();
        return random.NextDouble() < 1 / (1 + Math.Exp(-logOdds)) ? 1 : 0;
    }
}
