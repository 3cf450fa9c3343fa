namespace WinBack.Trees.Inputs;

/// <summary>
/// The preparation that a model file brings along: input columns to feature vector (choice and order of columns, missing-value
/// replacement, scaling, one-hot of vocabularies). All in float, as ML.NET computes it.
/// </summary>
/// <remarks>Safe for concurrent use; allocates nothing per row.</remarks>
public sealed class InputMap
{
    private readonly InputLookup[] _lookups;
    private readonly SlotSource[] _slots;

    internal InputMap(IReadOnlyList<InputColumn> columns, IReadOnlyList<InputLookup> lookups, IReadOnlyList<SlotSource> slots)
    {
        Columns = columns;
        _lookups = lookups.ToArray();
        _slots = slots.ToArray();
    }

    /// <summary>The columns that a row must bring, in this order.</summary>
    public IReadOnlyList<InputColumn> Columns { get; }

    /// <summary>Features that come out, in order.</summary>
    public IEnumerable<string> FeatureNames => _slots.Select(slot => slot.Name);

    /// <summary>Whether features are columns as they come, in whatever order.</summary>
    public bool IsPlain => _slots.All(slot => slot.Lookup < 0 && slot.Steps.Count == 0);

    internal IReadOnlyList<InputLookup> Lookups => _lookups;

    internal IReadOnlyList<SlotSource> Slots => _slots;

    /// <summary>Prepares one row.</summary>
    /// <param name="numbers">Shape [columns]; missing is NaN. Not read where the column is text.</param>
    /// <param name="texts">Shape [columns]; missing is null. Not read where the column is a number; may be empty without text columns.</param>
    /// <param name="features">Shape [F].</param>
    /// <exception cref="ArgumentException">A length does not match.</exception>
    public void Apply(ReadOnlySpan<float> numbers, ReadOnlySpan<string?> texts, Span<float> features)
    {
        CheckLengths(numbers.Length, texts.Length, features.Length);
        Span<int> keys = _lookups.Length <= 128 ? stackalloc int[_lookups.Length] : new int[_lookups.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            int column = _lookups[i].Column;
            keys[i] = _lookups[i].Vocabulary.KeyOf(numbers[column], texts.Length == 0 ? null : texts[column]);
        }

        for (int s = 0; s < _slots.Length; s++)
        {
            var slot = _slots[s];
            float value = slot.Lookup >= 0 ? slot.Of(keys[slot.Lookup]) : numbers[slot.Column];
            for (int step = 0; step < slot.Steps.Count; step++)
            {
                value = slot.Steps[step].Apply(value);
            }

            features[s] = value;
        }
    }

    private void CheckLengths(int numbers, int texts, int features)
    {
        if (numbers != Columns.Count || (texts != Columns.Count && (texts != 0 || Columns.Any(column => column.IsText))))
        {
            throw new ArgumentException($"{numbers} numbers and {texts} texts for {Columns.Count} input columns.");
        }

        if (features != _slots.Length)
        {
            throw new ArgumentException($"The result has room for {features} features, the model takes {_slots.Length}.");
        }
    }
}
