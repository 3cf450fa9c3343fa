namespace WinBack.Trees.Inputs;

/// <summary>The known terms of an input column; a term's key is its place from 1, anything unknown has key 0.</summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<float, int> _numbers = [];

    /// <summary>Terms that are text. Of equal terms the first counts.</summary>
    public Vocabulary(IReadOnlyList<string> terms)
    {
        IsText = true;
        Names = terms;
        for (int i = 0; i < terms.Count; i++)
        {
            _texts.TryAdd(terms[i], i + 1);
        }
    }

    /// <summary>Terms that are numbers. Of equal terms the first counts; NaN has no key.</summary>
    public Vocabulary(IReadOnlyList<float> terms)
    {
        Numbers = terms;
        Names = terms.Select(term => term.ToString("R", System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        for (int i = 0; i < terms.Count; i++)
        {
            if (!float.IsNaN(terms[i]))
            {
                _numbers.TryAdd(terms[i], i + 1);
            }
        }
    }

    public bool IsText { get; }

    /// <summary>Terms that are numbers, in key order; empty where they are text.</summary>
    public IReadOnlyList<float> Numbers { get; } = [];

    /// <summary>Terms as text, in key order.</summary>
    public IReadOnlyList<string> Names { get; }

    public int KeyOf(float number, string? text)
    {
        int key;
        return IsText
            ? text is not null && _texts.TryGetValue(text, out key) ? key : 0
            : _numbers.TryGetValue(number, out key) ? key : 0;
    }
}
