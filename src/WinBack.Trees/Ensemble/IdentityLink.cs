namespace WinBack.Trees.Ensemble;

/// <summary>The raw score is the prediction (regression, ranking).</summary>
public sealed record IdentityLink : Link
{
    public override bool GivesProbabilities => false;

    public override void Apply(Span<double> scores)
    {
    }
}
