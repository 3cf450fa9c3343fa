using WinBack.Trees.Inputs;

namespace WinBack.Trees.ModelFiles;

/// <summary>The features of a model trained here that tables bring as text, by the contract in its manifest.</summary>
internal sealed class TextCategories
{
    private readonly Vocabulary?[] _vocabularies;

    /// <param name="contracts">From the manifest; features without texts, or without a contract, are numbers.</param>
    public TextCategories(IReadOnlyList<string> features, IEnumerable<FeatureContract> contracts)
    {
        var texts = contracts.Where(contract => contract.Categories.Count > 0)
            .ToDictionary(contract => contract.Name, contract => new Vocabulary(contract.Categories), StringComparer.Ordinal);
        _vocabularies = features.Select(texts.GetValueOrDefault).ToArray();
        Columns = features.Select((name, f) => new InputColumn(name, _vocabularies[f] is not null)).ToArray();
    }

    public IReadOnlyList<InputColumn> Columns { get; }

    /// <summary>The texts that a column may hold; none where it holds numbers.</summary>
    public IReadOnlyList<string> TermsOf(int column) => _vocabularies[column]?.Names ?? [];

    /// <summary>Numbers are copied; a text becomes its place in the list, -1 when it is not there, NaN when it is missing.</summary>
    public void Apply(ReadOnlySpan<float> numbers, ReadOnlySpan<string?> texts, Span<float> features)
    {
        numbers.CopyTo(features);
        for (int f = 0; f < _vocabularies.Length; f++)
        {
            if (_vocabularies[f] is not { } vocabulary) continue;
            string? text = texts.Length == 0 ? null : texts[f]?.Trim();
            features[f] = string.IsNullOrEmpty(text) ? float.NaN : vocabulary.KeyOf(float.NaN, text) - 1;
        }
    }
}
