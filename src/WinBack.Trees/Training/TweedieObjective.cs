namespace WinBack.Trees.Training;

/// <summary>Half the Tweedie deviance of a power between 1 (Poisson) and 2 (gamma); the score is the logarithm of the mean.</summary>
/// <remarks>
/// y^(2-p) / ((1-p)(2-p)) - y m^(1-p) / (1-p) + m^(2-p) / (2-p), Jorgensen 1987. Fits amounts that are mostly exactly 0 and
/// otherwise positive with a long tail, such as spend in the next weeks.
/// </remarks>
internal sealed class TweedieObjective(double power) : LogMeanObjective
{
    public override string Name => FormattableString.Invariant($"tweedie({power})");

    public override RowGradient At(double score, double label)
    {
        double labelPart = label * Math.Exp((1 - power) * score);
        double meanPart = Math.Exp((2 - power) * score);
        double saturated = label > 0 ? Math.Pow(label, 2 - power) / ((1 - power) * (2 - power)) : 0;
        return new RowGradient(
            labelPart - meanPart,
            ((power - 1) * labelPart) + ((2 - power) * meanPart),
            saturated - (labelPart / (1 - power)) + (meanPart / (2 - power)));
    }
}
