namespace WinBack.Trees.Ensemble;

/// <summary>An immutable sorted set of values that a categorical node asks for.</summary>
/// <remarks>Holds categories, exact float values or slot indices, depending on the <see cref="SplitKind"/> that uses it.</remarks>
public sealed class ValueSet
{
    private readonly float[] _values;

    /// <exception cref="ArgumentException">A value is NaN.</exception>
    public ValueSet(IEnumerable<float> values)
    {
        _values = values.Distinct().Order().ToArray();
        if (_values.Length > 0 && float.IsNaN(_values[0]))
        {
            throw new ArgumentException("A value set cannot hold NaN: missing values follow the node's missing direction.");
        }
    }

    public ReadOnlySpan<float> Values => _values;

    public bool Contains(float value) => Array.BinarySearch(_values, value) >= 0;

    /// <summary>Whether <paramref name="value"/>, cut to an integer, is a member.</summary>
    /// <remarks>Categories of 2^24 and more are not exact in a float and belong to no set, as in XGBoost.</remarks>
    public bool ContainsCategory(float value) => value >= 0 && value < 1 << 24 && Contains(MathF.Truncate(value));
}
