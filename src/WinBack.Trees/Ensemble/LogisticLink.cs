namespace WinBack.Trees.Ensemble;

/// <summary>p = 1 / (1 + exp(-(slope * score + offset))), output by output.</summary>
/// <param name="Slope">1 for scores in log-odds; another value after Platt calibration. ML.NET's Platt slope is its negative.</param>
/// <param name="Offset">Added in log-odds; 0 without calibration.</param>
public sealed record LogisticLink(double Slope = 1, double Offset = 0) : Link
{
    public override bool GivesProbabilities => true;

    public override void Apply(Span<double> scores)
    {
        foreach (ref double score in scores)
        {
            score = 1 / (1 + Math.Exp((-Slope * score) - Offset));
        }
    }
}
