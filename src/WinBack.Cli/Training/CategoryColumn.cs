using System.Globalization;

namespace WinBack.Cli.Training;

/// <summary>A column of categories: whole numbers stay as they are, text becomes its place in a sorted list.</summary>
/// <param name="known">The list of a model; null makes one of what is there.</param>
internal sealed class CategoryColumn(IReadOnlyList<string>? known)
{
    /// <summary>Larger numbers are not exact in a float.</summary>
    private const int Limit = 1 << 24;

    private readonly List<string> _texts = [];

    /// <summary>Null when the column holds plain numbers.</summary>
    internal static CategoryColumn? Of(string name, TableColumns columns) =>
        columns.Categories.TryGetValue(name, out IReadOnlyList<string>? known) ? new CategoryColumn(known)
        : columns.Categorical.Contains(name) ? new CategoryColumn(null)
        : null;

    internal void Add(string text) => _texts.Add(text.Trim());

    /// <summary>Missing is NaN; text that the list does not know is -1, which is in no category.</summary>
    /// <returns>The texts by number; empty when the values are numbers themselves.</returns>
    internal (float[] Codes, IReadOnlyList<string> Categories) Encode()
    {
        if (known is null && _texts.All(text => text.Length == 0 || IsCode(text)))
            return (_texts.Select(text => text.Length == 0 ? float.NaN : Code(text)).ToArray(), []);
        string[] categories = known?.ToArray()
            ?? _texts.Where(text => text.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        Dictionary<string, int> places = categories.Select((text, place) => (text, place))
            .ToDictionary(pair => pair.text, pair => pair.place, StringComparer.Ordinal);
        return (_texts.Select(text => text.Length == 0 ? float.NaN : places.GetValueOrDefault(text, -1)).ToArray(), categories);
    }

    private static bool IsCode(string text) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float value)
        && value is >= 0 and < Limit && value == MathF.Truncate(value);

    private static float Code(string text) => float.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
