using WinBack.Core.Outcomes;

namespace WinBack.Tests.Outcomes;

/// <summary>
/// Decisions of a world whose truth is known: three segments, four options, customers who come several times and have a
/// mood of their own that all their rewards share.
/// </summary>
internal static class SimulatedLog
{
    internal const int DecisionsPerCustomer = 4;
    internal static readonly string[] Segments = ["new", "regular", "gone"];
    internal static readonly string[] Options = ["", "mail", "call", "offer"];

    /// <summary>Probability of a reward of 1, by segment and option.</summary>
    private static readonly double[][] Truth = [[0.10, 0.14, 0.30, 0.18], [0.20, 0.26, 0.22, 0.24], [0.02, 0.03, 0.10, 0.12]];

    /// <summary>What the log's policy does: much of the mail, a little of all the rest.</summary>
    private static readonly double[][] Logging = [[0.2, 0.6, 0.1, 0.1], [0.3, 0.5, 0.1, 0.1], [0.6, 0.2, 0.1, 0.1]];

    /// <summary>What the new policy would do.</summary>
    private static readonly double[][] Target = [[0.05, 0.05, 0.85, 0.05], [0.05, 0.8, 0.05, 0.1], [0.3, 0, 0.1, 0.6]];

    /// <summary>The mean reward of the new policy.</summary>
    internal static double TargetValue => Value(Target);

    internal static double LoggedValue => Value(Logging);

    internal static List<LoggedDecision> Draw(int customers, int seed)
    {
        var random = new Random(seed);
        var log = new List<LoggedDecision>(customers * DecisionsPerCustomer);
        for (int customer = 0; customer < customers; customer++)
        {
            int segment = random.Next(Segments.Length);
            // One draw a customer for all its rewards: the decisions are dependent, the means are as the truth says.
            double mood = random.NextDouble();
            for (int i = 0; i < DecisionsPerCustomer; i++)
            {
                int option = Pick(Logging[segment], random.NextDouble());
                double luck = i % 2 == 0 ? mood : random.NextDouble();
                log.Add(new LoggedDecision(
                    $"customer-{customer}", Segments[segment], Options[option], Logging[segment][option],
                    luck < Truth[segment][option] ? 1 : 0,
                    Options.Select((name, o) => new OptionChance(name, Target[segment][o], Logging[segment][o])).ToArray()));
            }
        }

        return log;
    }

    private static int Pick(double[] chances, double draw)
    {
        int option = 0;
        while (option < chances.Length - 1 && (draw -= chances[option]) >= 0) option++;
        return option;
    }

    private static double Value(double[][] policy) => policy.Select((chances, segment) =>
        chances.Select((chance, option) => chance * Truth[segment][option]).Sum()).Average();
}
