namespace WinBack.Core.Experiments;

/// <summary>
/// Sample-ratio mismatch: whether customers are in the variants in the shares that were meant, by a test that may be looked at
/// any time. A mismatch says that something chooses who is counted, and that no comparison can be trusted (rules E3).
/// <para>
/// The likelihood of the counts under shares drawn from a Dirichlet distribution around those that were meant, divided by the
/// likelihood under those that were meant, is a nonnegative martingale if they are right: by Ville's inequality it ever
/// exceeds 1 / alpha with probability alpha at most. At each step of a gate other shares are meant; the ratios of the steps
/// multiply.
/// </para>
/// Source: M. Lindon and A. Malek, "Anytime-valid inference for multinomial count data", NeurIPS 2022.
/// </summary>
public static class MismatchTest
{
    /// <summary>A mismatch is a fault of machinery and not an effect: one wants to be sure of it.</summary>
    public const double Alpha = 0.001;

    /// <summary>How near to what was meant a wrong share is supposed to be: as near as 1,000 customers would tell it.</summary>
    private const double Concentration = 1_000;

    /// <summary>The logarithm of the evidence against the shares; stop when it is above -ln(alpha).</summary>
    /// <param name="counts">Customers of each variant.</param>
    /// <param name="shares">That were meant; above 0, and 1 together.</param>
    public static double LogEvidence(ReadOnlySpan<long> counts, ReadOnlySpan<double> shares)
    {
        long all = 0;
        double log = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            all += counts[i];
            double prior = Concentration * shares[i];
            log += LogGamma(prior + counts[i]) - LogGamma(prior) - (counts[i] * Math.Log(shares[i]));
        }

        return log + LogGamma(Concentration) - LogGamma(Concentration + all);
    }

    /// <summary>An always valid p-value: below alpha ever with probability alpha at most.</summary>
    public static double Probability(double logEvidence) => Math.Min(1, Math.Exp(-logEvidence));

    /// <summary>By Stirling's series after shifting x above 10; about 1e-13 relative (Abramowitz and Stegun 6.1.41).</summary>
    internal static double LogGamma(double x)
    {
        double shift = 0;
        for (; x < 10; x++) shift -= Math.Log(x);
        double square = 1 / (x * x);
        double series = (((((-square / 1_680) + (1.0 / 1_260)) * square) - (1.0 / 360)) * square) + (1.0 / 12);
        return shift + ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + (series / x);
    }
}
