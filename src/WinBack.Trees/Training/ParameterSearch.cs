using System.Globalization;

namespace WinBack.Trees.Training;

/// <summary>Seeded random search of settings by cross-validation.</summary>
/// <remarks>
/// The first trial is the settings as given, so a search never does worse on its own folds. Ranges, each drawn by itself:
/// leaves 6 to 64, learning rate 0.02 to 0.3, rows of a leaf 5 to 300, L2 0.1 to 50 (all evenly in the logarithm); L1 0 in
/// half of the trials, else 0.01 to 10; share of rows 0.5 to 1; share of features 0.3 to 1. Random search finds as good
/// settings as a grid in a fraction of the trials, because few settings matter on any one table (Bergstra and Bengio 2012).
/// </remarks>
public static class ParameterSearch
{
    /// <param name="table">Rows to learn from and to judge on.</param>
    /// <param name="folds">As <see cref="CrossValidation.Split"/> makes them.</param>
    /// <param name="options">The first trial; says all that is not drawn.</param>
    /// <param name="trials">1 to 10,000.</param>
    /// <param name="progress">Told after each trial; null is nobody.</param>
    /// <param name="cancellation">Looked at once a round.</param>
    /// <returns>All trials in order; the best is the one with the least mean loss, the first of equals.</returns>
    /// <exception cref="ArgumentException">The options or the labels of a fold do not allow a model.</exception>
    public static IReadOnlyList<SearchTrial> Run(
        TrainingTable table,
        IReadOnlyList<ValidationFold> folds,
        TrainingOptions options,
        int trials,
        IProgress<SearchTrial>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(trials, 10_000);
        var done = new List<SearchTrial>(trials);
        for (int number = 1; number <= trials; number++)
        {
            var tried = number == 1 ? options : Draw(options, number);
            done.Add(new SearchTrial(number, tried, CrossValidation.Run(table, folds, tried, cancellation)));
            progress?.Report(done[^1]);
        }

        return done;
    }

    /// <summary>The settings of one trial; depends on the seed and the number alone.</summary>
    internal static TrainingOptions Draw(TrainingOptions options, int number)
    {
        var draws = new SeededSequence(options.Seed ^ ((ulong)number << 40));
        double Even(double from, double to) => Math.Round(from + ((to - from) * draws.NextDouble()), 3);
        double Logarithmic(double from, double to)
        {
            double value = from * Math.Pow(to / from, draws.NextDouble());
            return double.Parse(value.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        }

        return options with
        {
            Leaves = (int)Math.Round(Logarithmic(6, 64)),
            LearningRate = Logarithmic(0.02, 0.3),
            MinRowsPerLeaf = (int)Math.Round(Logarithmic(5, 300)),
            L2 = Logarithmic(0.1, 50),
            L1 = draws.NextDouble() < 0.5 ? 0 : Logarithmic(0.01, 10),
            RowShare = Even(0.5, 1),
            FeatureShare = Even(0.3, 1),
        };
    }
}
