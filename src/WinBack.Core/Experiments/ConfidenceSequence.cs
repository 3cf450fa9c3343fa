namespace WinBack.Core.Experiments;

/// <summary>
/// Bounds of the difference of two success rates that hold at all times at once: one may look after every customer and stop
/// when one likes, and the probability that the difference was ever outside is at most alpha. No approximation: it holds for
/// small counts, rare successes, any shares of the arms, shares that change (rollout gates) and rates that drift.
/// <para>
/// Each customer becomes z = (y - mu) (1{treated} / p - 1{control} / (1 - p)), whose mean is the difference, whatever mu is that
/// was fixed before. Against a supposed difference m one bets: the capital, the product of 1 + lambda (z - m), is a
/// nonnegative martingale if the bet was fixed before, so by Ville's inequality it exceeds 2 / alpha with probability alpha / 2
/// at most, and every m that loses so much is refused. The bets are a mixture over supposed effects; a mixture of martingales
/// is one. Capital only falls as m rises (for bets on more), so the bound is found by bisection.
/// </para>
/// Sources: I. Waudby-Smith and A. Ramdas, "Estimating means of bounded random variables by betting", JRSS B 86 (2024);
/// H. Robbins, "Statistical methods related to the law of the iterated logarithm", Ann. Math. Stat. 41 (1970); and for always
/// valid tests of experiments R. Johari, P. Koomen, L. Pekelis and D. Walsh, "Always valid inference", Oper. Res. 70 (2022).
/// Rejected: the normal mixture of the last (an approximation, which fails at 1 % of rare successes), and two intervals of the
/// arms by themselves (exact, but half as sharp).
/// </summary>
public static class ConfidenceSequence
{
    /// <summary>A bet never puts more than this part of the capital at risk.</summary>
    private const double MostRisk = 0.75;

    /// <summary>Before anything is known, a rate of one in ten is supposed; then what the batches before have shown.</summary>
    private const double PriorSuccesses = 1, PriorCustomers = 10;
    private const int Halvings = 40;

    /// <summary>Supposed effects, in rates: 0.2 % to 40 %, each 1.4 times the one before.</summary>
    private static readonly double[] Effects = [.. Enumerable.Range(0, 16).Select(i => 0.002 * Math.Pow(Math.Sqrt(2), i))];

    /// <param name="batches">In the order of time. Within one, what came first does not matter.</param>
    /// <param name="alpha">For both bounds together.</param>
    public static ConfidenceBounds Of(IReadOnlyList<ArmCounts> batches, double alpha)
    {
        double sum = 0, customers = 0;
        Bet[] bets = BetsOf(batches);
        foreach (Bet bet in bets)
        {
            sum += bet.Sum;
            customers += bet.Customers;
        }

        return customers == 0
            ? ConfidenceBounds.Unknown
            : new ConfidenceBounds(Math.Clamp(sum / customers, -1, 1), Bound(bets, alpha / 2, 1), -Bound(bets, alpha / 2, -1));
    }

    /// <summary>Whether this difference is outside of the bounds; the same as asking them, and quicker.</summary>
    public static bool Refutes(IReadOnlyList<ArmCounts> batches, double difference, double alpha)
    {
        Bet[] bets = BetsOf(batches);
        double wanted = -Math.Log(alpha / 2);
        return LogCapital(bets, difference, 1) >= wanted || LogCapital(bets, -difference, -1) >= wanted;
    }

    /// <summary>The largest difference (of the arms, times the sign) that so much has been won against.</summary>
    private static double Bound(Bet[] bets, double alpha, int sign)
    {
        double wanted = -Math.Log(alpha), low = -1, high = 1;
        if (LogCapital(bets, low, sign) < wanted) return low;
        for (int i = 0; i < Halvings; i++)
        {
            double middle = (low + high) / 2;
            if (LogCapital(bets, middle, sign) >= wanted) low = middle;
            else high = middle;
        }

        return low;
    }

    /// <summary>Of betting that the difference is more than this.</summary>
    private static double LogCapital(Bet[] bets, double difference, int sign)
    {
        Span<double> capital = stackalloc double[Effects.Length];
        for (int k = 0; k < capital.Length; k++)
            foreach (Bet bet in bets) capital[k] += bet.LogGrowth(Effects[k], difference, sign);
        double most = capital[0];
        foreach (double log in capital) most = Math.Max(most, log);
        double sum = 0;
        foreach (double log in capital) sum += Math.Exp(log - most);
        return most + Math.Log(sum / capital.Length);
    }

    private static Bet[] BetsOf(IReadOnlyList<ArmCounts> batches)
    {
        var bets = new Bet[batches.Count];
        double successes = PriorSuccesses, customers = PriorCustomers;
        for (int i = 0; i < bets.Length; i++)
        {
            bets[i] = new Bet(batches[i], successes / customers);
            successes += batches[i].Successes;
            customers += batches[i].Customers;
        }

        return bets;
    }

    /// <summary>One batch, with what was known before it.</summary>
    /// <param name="rate">The success rate of the batches before.</param>
    private readonly struct Bet(ArmCounts counts, double rate)
    {
        private readonly double _variance = rate * (1 - rate) / (counts.TreatedShare * (1 - counts.TreatedShare));

        internal long Customers => counts.Customers;

        internal double Sum =>
            (counts.TreatedSuccesses * TreatedSuccess) + ((counts.Treated - counts.TreatedSuccesses) * TreatedFailure)
            + (counts.ControlSuccesses * ControlSuccess) + ((counts.Control - counts.ControlSuccesses) * ControlFailure);

        private double TreatedSuccess => (1 - rate) / counts.TreatedShare;

        private double TreatedFailure => -rate / counts.TreatedShare;

        private double ControlSuccess => -(1 - rate) / (1 - counts.TreatedShare);

        private double ControlFailure => rate / (1 - counts.TreatedShare);

        internal double LogGrowth(double effect, double difference, int sign)
        {
            // The worst that a customer can do to the bet, whatever difference is supposed: the bet does not depend on it.
            double worst = sign > 0 ? Math.Min(TreatedFailure, ControlSuccess) : -Math.Max(TreatedSuccess, ControlFailure);
            double stake = Math.Min(effect / _variance, MostRisk / (1 - worst));
            return (counts.TreatedSuccesses * Log(stake, (sign * TreatedSuccess) - difference))
                + ((counts.Treated - counts.TreatedSuccesses) * Log(stake, (sign * TreatedFailure) - difference))
                + (counts.ControlSuccesses * Log(stake, (sign * ControlSuccess) - difference))
                + ((counts.Control - counts.ControlSuccesses) * Log(stake, (sign * ControlFailure) - difference));
        }

        private static double Log(double stake, double gain) => Math.Log(1 + (stake * gain));
    }
}
