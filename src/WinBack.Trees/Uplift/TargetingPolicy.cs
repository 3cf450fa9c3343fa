namespace WinBack.Trees.Uplift;

/// <summary>Whom to treat how: an arm for every row.</summary>
/// <param name="Name">For tables.</param>
/// <param name="Choice">Shape [rows]; 0 is the control.</param>
public sealed record TargetingPolicy(string Name, int[] Choice)
{
    /// <summary>The same arm for everybody.</summary>
    public static TargetingPolicy Everybody(string name, int arm, int rows) => new(name, Enumerable.Repeat(arm, rows).ToArray());

    /// <summary>For each row the arm with the largest effect after costs; nothing where that is not above 0.</summary>
    /// <param name="effects">Shape [arms][rows]; the control's are 0.</param>
    /// <param name="valuePerOutcome">What one unit of outcome is worth.</param>
    /// <param name="costs">Shape [arms]; of one treatment, in the same unit of value.</param>
    public static TargetingPolicy Best(string name, double[][] effects, double valuePerOutcome, double[] costs)
    {
        var choice = new int[effects[0].Length];
        for (int row = 0; row < choice.Length; row++)
        {
            double best = 0;
            for (int arm = 1; arm < effects.Length; arm++)
            {
                double gain = (valuePerOutcome * effects[arm][row]) - costs[arm];
                if (gain > best)
                {
                    (best, choice[row]) = (gain, arm);
                }
            }
        }

        return new TargetingPolicy(name, choice);
    }

    /// <summary>One arm for the share of rows with the highest scores, nothing for the others; ties by row number.</summary>
    public static TargetingPolicy Top(string name, double[] scores, double share, int arm)
    {
        var choice = new int[scores.Length];
        foreach (int row in Enumerable.Range(0, scores.Length).OrderByDescending(row => scores[row]).Take((int)Math.Round(share * scores.Length)))
        {
            choice[row] = arm;
        }

        return new TargetingPolicy(name, choice);
    }

    /// <summary>Share of the rows that are treated.</summary>
    public double TreatedShare => Choice.Count(arm => arm != 0) / (double)Choice.Length;
}
