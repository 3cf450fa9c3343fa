using System.Security.Cryptography;
using System.Text;

namespace WinBack.Core.Features;

/// <summary>
/// The features of a model, in order. Its hash covers order, names, units and meanings, so that a model trained on one
/// schema is refused by a binary with another.
/// </summary>
public sealed class FeatureSchema
{
    private readonly Dictionary<string, int> _indexByName;

    public FeatureSchema(IReadOnlyList<FeatureDefinition> features)
    {
        Features = features;
        Names = features.Select(f => f.Name).ToArray();
        _indexByName = Names.Select((name, index) => (name, index)).ToDictionary(x => x.name, x => x.index, StringComparer.Ordinal);
        Hash = HashOf(features);
    }

    /// <summary>The schema that WinBack serves and trains with.</summary>
    public static FeatureSchema Default { get; } = new(FeatureCatalogue.All);

    public IReadOnlyList<FeatureDefinition> Features { get; }

    public IReadOnlyList<string> Names { get; }

    public int Count => Features.Count;

    /// <summary>First 16 hex digits of SHA-256.</summary>
    public string Hash { get; }

    /// <summary>Position of a feature; -1 when there is none of that name.</summary>
    public int IndexOf(string name) => _indexByName.GetValueOrDefault(name, -1);

    /// <summary>Writes the features of the customer loaded into <paramref name="context"/>, in schema order.</summary>
    /// <param name="values">Shape [F], F = <see cref="Count"/>; missing is NaN. Units as defined, unscaled.</param>
    /// <exception cref="ArgumentException"><paramref name="values"/> is not of length F.</exception>
    public void Write(FeatureContext context, Span<float> values)
    {
        if (values.Length != Count)
            throw new ArgumentException($"{values.Length} values for {Count} features", nameof(values));
        for (int i = 0; i < values.Length; i++) values[i] = (float)Features[i].Compute(context);
    }

    private static string HashOf(IReadOnlyList<FeatureDefinition> features)
    {
        var text = new StringBuilder();
        foreach (FeatureDefinition f in features) text.Append(f.Name).Append('\t').Append(f.Unit).Append('\t').Append(f.Description).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }
}
