namespace WinBack.Core.Policy.Exploration;

/// <summary>
/// The probability that each of some options is the best one, when what each is worth is known as a normal distribution and
/// doing nothing is worth 0. This is what Thompson sampling (1933) chooses by. It is integrated instead of drawn, at fixed
/// nodes, so that the probability of a choice is known and can be logged.
/// </summary>
/// <remarks>
/// For each option, the mean over 24 values that it may have of the probability that all others, and nothing, are worth less: a
/// hundredth or two from the exact integral at worst, which does not matter, because the vector itself is what is drawn from.
/// </remarks>
internal static class BestOdds
{
    private const double LeastDeviation = 1e-6;

    /// <summary>Below this, what is left of a product does not matter.</summary>
    private const double Negligible = 1e-7;

    private static readonly (double Z, double Weight)[] Nodes = Midpoints();

    /// <param name="means">Shape [K]; expected worth of each option.</param>
    /// <param name="deviations">Shape [K]; how far the worth may be from that, one standard deviation.</param>
    /// <param name="odds">Shape [K + 1]; the last is nothing. Adds up to 1.</param>
    internal static void Fill(ReadOnlySpan<double> means, ReadOnlySpan<double> deviations, Span<double> odds)
    {
        double nothing = 1;
        for (int i = 0; i < means.Length; i++) nothing *= Below(0, means[i], deviations[i]);
        odds[means.Length] = nothing;
        double sum = nothing;
        for (int i = 0; i < means.Length; i++) sum += odds[i] = Best(i, means, deviations);
        if (sum > 0)
        {
            for (int i = 0; i <= means.Length; i++) odds[i] /= sum;
            return;
        }

        odds.Fill(1.0 / odds.Length);
    }

    private static double Best(int option, ReadOnlySpan<double> means, ReadOnlySpan<double> deviations)
    {
        double sum = 0;
        foreach ((double z, double weight) in Nodes)
        {
            double worth = means[option] + (z * Math.Max(deviations[option], LeastDeviation));
            double best = worth > 0 ? weight : 0;
            for (int other = 0; other < means.Length && best > Negligible; other++)
                if (other != option) best *= Below(worth, means[other], deviations[other]);
            sum += best;
        }

        return sum;
    }

    private static double Below(double worth, double mean, double deviation) => Normal((worth - mean) / Math.Max(deviation, LeastDeviation));

    /// <summary>Abramowitz and Stegun 26.2.17; the error is below 7.5e-8.</summary>
    private static double Normal(double z)
    {
        const double density = 0.3989422804014327;
        double t = 1 / (1 + (0.2316419 * Math.Abs(z)));
        double tail = density * Math.Exp(-z * z / 2)
            * t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return z > 0 ? 1 - tail : tail;
    }

    /// <summary>Midpoints of equal steps; between them a product of such curves is as good as straight.</summary>
    private static (double Z, double Weight)[] Midpoints()
    {
        const int count = 24;
        const double reach = 3.6;
        var nodes = new (double Z, double Weight)[count];
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            double z = (((i + 0.5) / count * 2) - 1) * reach;
            nodes[i] = (z, Math.Exp(-z * z / 2));
            sum += nodes[i].Weight;
        }

        for (int i = 0; i < count; i++) nodes[i].Weight /= sum;
        return nodes;
    }
}
