namespace WinBack.Trees.Training;

/// <summary>What a leaf may answer at most, in score units before the learning rate, so that the tree stays monotone.</summary>
internal readonly record struct OutputBounds(double Least, double Most)
{
    public static readonly OutputBounds None = new(double.NegativeInfinity, double.PositiveInfinity);

    public double Clamp(double step) => Math.Clamp(step, Least, Most);

    public OutputBounds AtMost(double step) => this with { Most = Math.Min(Most, step) };

    public OutputBounds AtLeast(double step) => this with { Least = Math.Max(Least, step) };
}
