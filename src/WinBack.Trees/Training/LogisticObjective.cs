using System.Runtime.CompilerServices;
using WinBack.Trees.Ensemble;

namespace WinBack.Trees.Training;

/// <summary>Logistic loss of 0/1 labels: gradient label - p, hessian p(1 - p), scores in log-odds.</summary>
internal sealed class LogisticObjective : Objective
{
    /// <summary>Bound on the base score, log-odds: a base rate of 0 or 1 would be infinite.</summary>
    private const double LargestBaseScore = 20;

    public override string Name => "binary_logistic";

    public override Link Link => new LogisticLink();

    public override double LargestGradient => 1;

    public override double LargestHessian => 0.25;

    public override double LargestStep => 40;

    public override double BaseScore(double meanLabel) =>
        Math.Clamp(Math.Log(meanLabel / (1 - meanLabel)), -LargestBaseScore, LargestBaseScore);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override RowGradient At(double score, double label)
    {
        // exp of a value below zero cannot overflow; p follows by symmetry.
        double e = Math.Exp(-Math.Abs(score));
        double p = score >= 0 ? 1 / (1 + e) : e / (1 + e);

        // log(1 + exp(-margin)), margin = score towards the label.
        double loss = Math.Log(1 + e) + ((score >= 0) == (label == 1) ? 0 : Math.Abs(score));
        return new RowGradient(label - p, p * (1 - p), loss);
    }

    public override string? FaultOf(TrainingTable table)
    {
        double[] weightByLabel = [0, 0];
        for (int row = 0; row < table.RowCount; row++)
        {
            if (table.Labels[row] is not (0 or 1))
            {
                return $"Row {row}: label {table.Labels[row]} is neither 0 nor 1.";
            }

            weightByLabel[(int)table.Labels[row]] += table.WeightOf(row);
        }

        return weightByLabel[0] > 0 && weightByLabel[1] > 0
            ? null
            : $"Label 0 has weight {weightByLabel[0]} and label 1 has weight {weightByLabel[1]}: both classes are needed.";
    }
}
