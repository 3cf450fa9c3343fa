namespace WinBack.Trees.Ensemble;

/// <summary>exp(score): the mean of counts and amounts (Poisson, Gamma, Tweedie).</summary>
public sealed record ExponentialLink : Link
{
    public override bool GivesProbabilities => false;

    public override void Apply(Span<double> scores)
    {
        foreach (ref double score in scores)
        {
            score = Math.Exp(score);
        }
    }
}
