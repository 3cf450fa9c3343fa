using WinBack.Trees.Training;

namespace WinBack.Tests.Trees;

/// <summary>Seeded tables with a known, non-linear relation, ties, constants and missing values that mean something.</summary>
internal static class TrainingTables
{
    public static TrainingTable Make(int seed, int rows, int features, bool weights = false, bool times = false)
    {
        var random = new Random(seed);
        var columns = Enumerable.Range(0, features).Select(f => Column(random, rows, f)).ToArray();
        var labels = new float[rows];
        for (int row = 0; row < rows; row++)
        {
            float a = columns[0][row];
            float b = columns[1 % features][row];
            double logOdds = (float.IsNaN(a) ? 1.5 : a > 0.3 ? 1 : -1) + (b > 2 ? 0.8 : -0.2);
            labels[row] = random.NextDouble() < 1 / (1 + Math.Exp(-logOdds)) ? 1 : 0;
        }

        return new TrainingTable(
            Enumerable.Range(0, features).Select(f => $"f{f}").ToArray(),
            columns,
            labels,
            weights ? Enumerable.Range(0, rows).Select(_ => random.NextSingle() * 3).ToArray() : null,
            times ? Enumerable.Range(0, rows).Select(row => DateTimeOffset.UnixEpoch.AddDays(row % 10)).ToArray() : null);
    }

    /// <summary>By column: continuous with missing values, small integers, constant, continuous, and so on.</summary>
    private static float[] Column(Random random, int rows, int feature) => Enumerable.Range(0, rows)
        .Select(_ => (feature % 4) switch
        {
            0 => random.Next(5) == 0 ? float.NaN : random.NextSingle(),
            1 => random.Next(6),
            2 => feature == 2 ? 7f : random.NextSingle() * 1000,
            _ => random.Next(50) == 0 ? float.PositiveInfinity : MathF.Exp(random.NextSingle() * 10),
        })
        .ToArray();
}
