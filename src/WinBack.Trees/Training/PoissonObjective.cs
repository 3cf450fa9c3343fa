namespace WinBack.Trees.Training;

/// <summary>Half the Poisson deviance, label * log(label / mean) - (label - mean); the score is the logarithm of the mean.</summary>
/// <remarks>
/// The hessian is taken exp(0.7) times larger than it is, as XGBoost and LightGBM do: where the mean is far too small a
/// full Newton step in the logarithm would shoot past it.
/// </remarks>
internal sealed class PoissonObjective : LogMeanObjective
{
    private static readonly double Caution = Math.Exp(0.7);

    public override string Name => "poisson";

    public override RowGradient At(double score, double label)
    {
        double mean = Math.Exp(score);
        double loss = (label > 0 ? label * (Math.Log(label) - score) : 0) - label + mean;
        return new RowGradient(label - mean, mean * Caution, loss);
    }
}
