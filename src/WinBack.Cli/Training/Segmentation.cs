using WinBack.Trees.Ensemble;
using WinBack.Trees.Training;

namespace WinBack.Cli.Training;

/// <summary>Segments for tables that name none: parts of the model's most important feature.</summary>
internal static class Segmentation
{
    private const int Parts = 3;
    private const string Missing = "missing";

    /// <returns>The feature's name and the part of each row.</returns>
    internal static (string Name, string[] Segments) ByTopFeature(
        TreeEnsemble ensemble, TrainingTable table, IReadOnlyDictionary<string, IReadOnlyList<string>> categories)
    {
        IReadOnlyList<int> ranked = FeatureShares.Ranked(FeatureShares.Of(ensemble).Shares);
        if (ranked.Count == 0) return ("rows", Enumerable.Repeat("all", table.RowCount).ToArray());
        string name = table.FeatureNames[ranked[0]];
        float[] column = table.Column(ranked[0]).ToArray();
        if (categories.TryGetValue(name, out IReadOnlyList<string>? texts))
            return (name, column.Select(code => float.IsNaN(code) ? Missing : code < 0 ? "other" : texts[(int)code]).ToArray());
        return (name, Thirds(column));
    }

    /// <summary>About equal parts by value; where values repeat, fewer.</summary>
    private static string[] Thirds(float[] column)
    {
        float[] known = column.Where(value => !float.IsNaN(value)).Order().ToArray();
        float[] bounds = known.Length == 0 ? [] : Enumerable.Range(1, Parts - 1)
            .Select(part => known[(int)((long)known.Length * part / Parts)]).Distinct().Where(bound => bound < known[^1]).ToArray();
        string[] names = Enumerable.Range(0, bounds.Length + 1).Select(part => Name(bounds, part)).ToArray();
        return column
            .Select(value => float.IsNaN(value) ? Missing : names[bounds.Count(bound => value > bound)]).ToArray();
    }

    /// <summary>Numbered, so that parts sort by value.</summary>
    private static string Name(float[] bounds, int part) => bounds.Length == 0 ? "known"
        : part == 0 ? FormattableString.Invariant($"1) up to {bounds[0]:G4}")
        : part == bounds.Length ? FormattableString.Invariant($"{part + 1}) above {bounds[^1]:G4}")
        : FormattableString.Invariant($"{part + 1}) {bounds[part - 1]:G4} to {bounds[part]:G4}");
}
