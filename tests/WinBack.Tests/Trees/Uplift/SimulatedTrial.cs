using WinBack.Trees.Uplift;

namespace WinBack.Tests.Trees.Uplift;

/// <summary>Seeded rows whose effects are known: some are helped by the treatment, some are harmed, most do not care.</summary>
internal sealed class SimulatedTrial
{
    private SimulatedTrial(TreatmentTable table, double[][] means)
    {
        Table = table;
        Means = means;
    }

    public TreatmentTable Table { get; }

    /// <summary>The true mean outcome, shape [arms][rows].</summary>
    public double[][] Means { get; }

    /// <summary>The true effect of arm 1, shape [rows].</summary>
    public double[] Effects => Means[1].Zip(Means[0], (treated, control) => treated - control).ToArray();

    /// <param name="confounded">Whether rows with a high first feature, which do better anyway, are treated more often.</param>
    /// <param name="amounts">Whether outcomes are amounts rather than 0 and 1.</param>
    public static SimulatedTrial Make(int seed, int rows, bool confounded = false, bool amounts = false)
    {
        var random = new Random(seed);
        var columns = Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, rows).Select(_ => random.NextSingle()).ToArray()).ToArray();
        var means = new[] { new double[rows], new double[rows] };
        var propensities = new[] { new float[rows], new float[rows] };
        var outcomes = new float[rows];
        var arms = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            means[0][row] = 0.1 + (0.3 * columns[0][row]);
            means[1][row] = means[0][row] + Effect(columns[1][row]);
            propensities[1][row] = confounded ? 0.2f + (0.6f * columns[0][row]) : 0.5f;
            propensities[0][row] = 1 - propensities[1][row];
            arms[row] = random.NextDouble() < propensities[1][row] ? 1 : 0;
            double mean = means[arms[row]][row];
            outcomes[row] = amounts ? (float)(mean + (0.3 * (random.NextDouble() - 0.5))) : random.NextDouble() < mean ? 1 : 0;
        }

        return new SimulatedTrial(
            new TreatmentTable(["base", "moderator", "noise1", "noise2"], columns, outcomes, arms, ["nothing", "mail"], propensities), means);
    }

    private static double Effect(float moderator) => moderator > 0.7f ? 0.25 : moderator < 0.2f ? -0.08 : 0;
}
