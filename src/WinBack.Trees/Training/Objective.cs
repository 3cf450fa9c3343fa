using WinBack.Trees.Ensemble;

namespace WinBack.Trees.Training;

/// <summary>A loss as boosting needs it: its derivatives row by row, the best constant, and the link of the model.</summary>
internal abstract class Objective
{
    /// <summary>For the model card.</summary>
    public abstract string Name { get; }

    public abstract Link Link { get; }

    /// <summary>Bound on the gradient of a row of weight 1; infinite when there is none.</summary>
    public abstract double LargestGradient { get; }

    /// <summary>Bound on the hessian of a row of weight 1; infinite when there is none.</summary>
    public abstract double LargestHessian { get; }

    /// <summary>Bound on a leaf's Newton step, in units of the score; reached only where the hessian is almost nothing.</summary>
    public abstract double LargestStep { get; }

    public static Objective Create(TrainingOptions options) => options.Objective switch
    {
        TrainingObjective.Logistic => new LogisticObjective(),
        TrainingObjective.SquaredError => new SquaredErrorObjective(),
        TrainingObjective.Poisson => new PoissonObjective(),
        TrainingObjective.Tweedie => new TweedieObjective(options.TweediePower),
        _ => throw new ArgumentException($"Unknown objective {options.Objective}."),
    };

    /// <summary>The score that is best for all rows together.</summary>
    /// <param name="meanLabel">Weighted mean of the labels.</param>
    public abstract double BaseScore(double meanLabel);

    public abstract RowGradient At(double score, double label);

    /// <summary>What is wrong with the labels; null when nothing is.</summary>
    public abstract string? FaultOf(TrainingTable table);

    /// <summary>The fault of labels that may be anything not negative, but not all 0.</summary>
    private protected static string? FaultOfAmounts(TrainingTable table)
    {
        double sum = 0;
        for (int row = 0; row < table.RowCount; row++)
        {
            if (table.Labels[row] < 0)
            {
                return $"Row {row}: label {table.Labels[row]} is below 0, which the objective does not allow.";
            }

            sum += table.Labels[row] * table.WeightOf(row);
        }

        return sum > 0 ? null : "All labels with a weight are 0: there is nothing to learn.";
    }
}
