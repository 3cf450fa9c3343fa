namespace WinBack.Trees.Ensemble;

/// <summary>Class shares from one score per class: exp(score) over the sum of all.</summary>
public sealed record SoftmaxLink : Link
{
    public override bool GivesProbabilities => true;

    public override void Apply(Span<double> scores)
    {
        double largest = double.NegativeInfinity;
        foreach (double score in scores)
        {
            largest = Math.Max(largest, score);
        }

        double sum = 0;
        foreach (ref double score in scores)
        {
            // Shares do not change when all scores shift; the largest becomes 0, so exp cannot overflow.
            score = Math.Exp(score - largest);
            sum += score;
        }

        foreach (ref double score in scores)
        {
            score /= sum;
        }
    }
}
