using WinBack.Trees.Ensemble;

namespace WinBack.Trees.Training;

/// <summary>Half the squared difference of label and score; the score is the mean itself.</summary>
internal sealed class SquaredErrorObjective : Objective
{
    public override string Name => "squared_error";

    public override Link Link => new IdentityLink();

    public override double LargestGradient => double.PositiveInfinity;

    public override double LargestHessian => 1;

    public override double LargestStep => double.PositiveInfinity;

    public override double BaseScore(double meanLabel) => meanLabel;

    public override RowGradient At(double score, double label)
    {
        double difference = label - score;
        return new RowGradient(difference, 1, difference * difference / 2);
    }

    public override string? FaultOf(TrainingTable table) => null;
}
