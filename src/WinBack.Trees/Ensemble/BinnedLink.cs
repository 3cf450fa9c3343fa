namespace WinBack.Trees.Ensemble;

/// <summary>Calibration by equal score ranges (ML.NET's naive calibrator): each range has its own probability.</summary>
public sealed record BinnedLink : Link
{
    private readonly float[] _probabilities;

    /// <param name="min">Lower end of the first range.</param>
    /// <param name="rangeSize">Width of a range, above 0.</param>
    /// <param name="probabilities">One per range; scores outside take the first or the last.</param>
    /// <exception cref="ArgumentException">There is no range, or a number is out of bounds.</exception>
    public BinnedLink(float min, float rangeSize, float[] probabilities)
    {
        if (probabilities.Length == 0 || !float.IsFinite(min) || !(rangeSize > 0) || probabilities.Any(p => !(p >= 0 && p <= 1)))
        {
            throw new ArgumentException($"{probabilities.Length} ranges of width {rangeSize} from {min} are not a calibration.");
        }

        (Min, RangeSize, _probabilities) = (min, rangeSize, probabilities);
    }

    public float Min { get; }

    public float RangeSize { get; }

    public ReadOnlySpan<float> Probabilities => _probabilities;

    public override bool GivesProbabilities => true;

    public override void Apply(Span<double> scores)
    {
        foreach (ref double score in scores)
        {
            float range = ((float)score - Min) / RangeSize;
            score = _probabilities[(int)Math.Clamp(range, 0, _probabilities.Length - 1)];
        }
    }
}
