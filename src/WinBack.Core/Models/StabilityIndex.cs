namespace WinBack.Core.Models;

/// <summary>
/// Population stability index: sum over bins of (p - q) ln(p / q), p and q the shares of two samples. Where both come from
/// one population it is about chi-square (bins - 1 degrees of freedom) times (1/n + 1/m), n and m the sizes (Yurdakul, 2018:
/// Statistical Properties of the Population Stability Index). So a fixed limit of 0.1 alarms by chance below some
/// 300 observations, and the limit must follow the sizes.
/// </summary>
public static class StabilityIndex
{
    /// <summary>
    /// Below this a difference is of no practical weight, however sure it is: with a million observations everything is sure.
    /// The customary limit of "some change".
    /// </summary>
    public const double Floor = 0.1;

    /// <summary>The normal quantile of 1 in 10,000: two models of fifty features each are looked at all day.</summary>
    private const double Quantile = 3.719;

    /// <summary>Added to every bin, so that an empty one does not make the index infinite (Jeffreys' prior).</summary>
    private const double Prior = 0.5;

    /// <param name="reference">Shape [bins].</param>
    /// <param name="observed">Shape [bins]. Bins that are empty on both sides do not count.</param>
    public static double Of(ReadOnlySpan<long> reference, ReadOnlySpan<long> observed)
    {
        if (reference.Length != observed.Length)
            throw new ArgumentException($"{observed.Length} bins observed, {reference.Length} in the reference", nameof(observed));
        int bins = BinsInUse(reference, observed);
        double references = Total(reference) + (Prior * bins), observations = Total(observed) + (Prior * bins), index = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            if (reference[i] + observed[i] == 0) continue;
            double q = (reference[i] + Prior) / references, p = (observed[i] + Prior) / observations;
            index += (p - q) * Math.Log(p / q);
        }

        return index;
    }

    /// <summary>What the index may be: by chance with so many observations, but not below the floor.</summary>
    /// <param name="floor">Not below 0.</param>
    public static double Threshold(ReadOnlySpan<long> reference, ReadOnlySpan<long> observed, double floor = Floor)
    {
        double n = Total(observed), m = Total(reference);
        if (n == 0 || m == 0) return double.PositiveInfinity;
        return Math.Max(floor, ChiSquareQuantile(Math.Max(1, BinsInUse(reference, observed) - 1)) * ((1 / n) + (1 / m)));
    }

    /// <summary>
    /// The value that chi-square exceeds once in 10,000 times, by Wilson and Hilferty (1931). Out here it is somewhat too
    /// high, which is the careful side: 7 % at one degree of freedom, 2 % at five, 1 % from ten on.
    /// </summary>
    internal static double ChiSquareQuantile(int degrees)
    {
        double spread = 2.0 / (9 * degrees);
        return degrees * Math.Pow(1 - spread + (Quantile * Math.Sqrt(spread)), 3);
    }

    private static int BinsInUse(ReadOnlySpan<long> reference, ReadOnlySpan<long> observed)
    {
        int bins = 0;
        for (int i = 0; i < reference.Length; i++)
            if (reference[i] + observed[i] > 0) bins++;
        return bins;
    }

    private static double Total(ReadOnlySpan<long> counts)
    {
        long total = 0;
        foreach (long count in counts) total += count;
        return total;
    }
}
