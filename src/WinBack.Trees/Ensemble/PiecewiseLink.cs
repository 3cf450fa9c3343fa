namespace WinBack.Trees.Ensemble;

/// <summary>Isotonic (pair-adjacent violators) calibration: constant inside a piece, linear between pieces, clamped outside.</summary>
public sealed record PiecewiseLink : Link
{
    private const double Clip = 1e-15;
    private readonly float[] _mins;
    private readonly float[] _maxs;
    private readonly float[] _values;

    /// <param name="mins">Lower ends of the pieces, ascending.</param>
    /// <param name="maxs">Upper ends, each at least its lower end and at most the next one's.</param>
    /// <param name="values">Probability of each piece.</param>
    /// <exception cref="ArgumentException">Lengths differ, there is no piece, or the pieces are out of order.</exception>
    public PiecewiseLink(float[] mins, float[] maxs, float[] values)
    {
        if (mins.Length == 0 || mins.Length != maxs.Length || mins.Length != values.Length)
        {
            throw new ArgumentException($"{mins.Length} minima, {maxs.Length} maxima and {values.Length} values are not pieces.");
        }

        for (int i = 0; i < mins.Length; i++)
        {
            if (!(mins[i] <= maxs[i]) || (i > 0 && !(maxs[i - 1] <= mins[i])) || !float.IsFinite(values[i]))
            {
                throw new ArgumentException($"Piece {i} ({mins[i]} to {maxs[i]}, value {values[i]}) is out of order.");
            }
        }

        (_mins, _maxs, _values) = (mins, maxs, values);
    }

    public ReadOnlySpan<float> Mins => _mins;

    public ReadOnlySpan<float> Maxs => _maxs;

    public ReadOnlySpan<float> Values => _values;

    public override bool GivesProbabilities => true;

    public override void Apply(Span<double> scores)
    {
        foreach (ref double score in scores)
        {
            score = Math.Clamp(At((float)score), Clip, 1 - Clip);
        }
    }

    private double At(float score)
    {
        if (!(score > _mins[0]))
        {
            return _values[0];
        }

        int piece = Array.BinarySearch(_mins, score);
        piece = piece >= 0 ? piece : ~piece - 1;
        if (score <= _maxs[piece] || piece == _mins.Length - 1)
        {
            return _values[piece];
        }

        float share = (score - _maxs[piece]) / (_mins[piece + 1] - _maxs[piece]);
        return _values[piece] + (share * (_values[piece + 1] - _values[piece]));
    }
}
