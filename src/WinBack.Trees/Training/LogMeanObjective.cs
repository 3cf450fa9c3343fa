using WinBack.Trees.Ensemble;

namespace WinBack.Trees.Training;

/// <summary>Objectives for amounts that are never negative, whose score is the logarithm of the mean.</summary>
internal abstract class LogMeanObjective : Objective
{
    public override Link Link => new ExponentialLink();

    public override double LargestGradient => double.PositiveInfinity;

    public override double LargestHessian => double.PositiveInfinity;

    public override double LargestStep => 10;

    public override double BaseScore(double meanLabel) => Math.Log(meanLabel);

    public override string? FaultOf(TrainingTable table) => FaultOfAmounts(table);
}
