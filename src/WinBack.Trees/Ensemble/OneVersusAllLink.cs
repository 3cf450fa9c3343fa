namespace WinBack.Trees.Ensemble;

/// <summary>A link of its own per class, then shares of the sum (ML.NET one-versus-all).</summary>
public sealed record OneVersusAllLink : Link
{
    private readonly Link[] _links;

    /// <param name="links">Shape [outputs].</param>
    /// <param name="normalises">Whether the results are divided by their sum.</param>
    public OneVersusAllLink(IReadOnlyList<Link> links, bool normalises)
    {
        _links = links.ToArray();
        Normalises = normalises;
    }

    public IReadOnlyList<Link> Links => _links;

    public bool Normalises { get; }

    public override bool GivesProbabilities => Normalises || _links.All(link => link.GivesProbabilities);

    public override void Apply(Span<double> scores)
    {
        double sum = 0;
        for (int k = 0; k < scores.Length; k++)
        {
            _links[k].Apply(scores.Slice(k, 1));
            sum += scores[k];
        }

        if (Normalises && sum > 0)
        {
            foreach (ref double score in scores)
            {
                score /= sum;
            }
        }
    }
}
