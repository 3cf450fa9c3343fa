using System.Globalization;
using WinBack.Trees.Uplift;

namespace WinBack.Cli.Uplift;

/// <summary>A CSV file of treated and untreated rows.</summary>
/// <param name="Settings">With arms, features, categories and hash filled in.</param>
internal sealed record UpliftTableFile(TreatmentTable Table, UpliftSettings Settings)
{
    /// <summary>
    /// Every column that is not the outcome, the treatment or left out is a feature: a number where every value is one, else a
    /// category. An empty field, and a text that training has not seen, is missing.
    /// </summary>
    /// <param name="argument">The option that named the file; for messages.</param>
    /// <exception cref="BadInputException">The file is no such table.</exception>
    internal static UpliftTableFile Read(string path, string argument, UpliftSettings settings) => CsvFile.Read(path, argument, csv =>
    {
        string[] names = csv.Headers.ToArray();
        List<string>[] columns = names.Select(_ => new List<string>()).ToArray();
        while (csv.Read())
            for (int i = 0; i < names.Length; i++) columns[i].Add(csv.GetString(i));
        return Build(names, columns, settings with { Sha256 = InputFile.Sha256Of(path) });
    });

    private static UpliftTableFile Build(string[] names, List<string>[] columns, UpliftSettings settings)
    {
        List<string> Column(string name) => Array.IndexOf(names, name) is >= 0 and var at
            ? columns[at]
            : throw new ArgumentException($"there is no column '{name}'; there are {string.Join(", ", names)}");

        string[] notFeatures = [settings.Outcome, settings.Treatment, .. settings.LeftOut];
        foreach (string name in notFeatures) Column(name);
        List<string> treatments = Column(settings.Treatment);
        string[] arms = settings.Arms.Count > 0
            ? [.. settings.Arms]
            : [settings.Control, .. treatments.Distinct().Where(arm => arm != settings.Control).Order(StringComparer.Ordinal)];
        var armOf = arms.Select((arm, index) => (arm, index)).ToDictionary(a => a.arm, a => a.index);
        string[] features = settings.Features.Count > 0 ? [.. settings.Features] : names.Except(notFeatures).ToArray();
        var categories = settings.Features.Count > 0
            ? settings.Categories
            : features.Where(f => !Column(f).TrueForAll(v => v.Length == 0 || TryNumber(v, out _)))
                .ToDictionary(f => f, f => TextsOf(Column(f)));
        var table = new TreatmentTable(
            features,
            features.Select(f => Values(Column(f), categories.GetValueOrDefault(f))).ToArray(),
            Column(settings.Outcome).Select(Outcome).ToArray(),
            treatments.Select(arm => armOf.TryGetValue(arm, out int index) ? index : throw new ArgumentException($"'{arm}' is no arm of the model"))
                .ToArray(),
            arms);
        return new UpliftTableFile(table, settings with { Arms = arms, Features = features, Categories = categories });
    }

    private static IReadOnlyList<string> TextsOf(List<string> values) =>
        [.. values.Where(v => v.Length > 0).Distinct().Order(StringComparer.Ordinal)];

    private static float[] Values(List<string> texts, IReadOnlyList<string>? categories)
    {
        if (categories is null)
            return texts.Select(text => TryNumber(text, out float value) ? value : float.NaN).ToArray();
        var codes = categories.Select((text, code) => (text, code)).ToDictionary(c => c.text, c => (float)c.code);
        return texts.Select(text => codes.GetValueOrDefault(text, float.NaN)).ToArray();
    }

    private static float Outcome(string text, int row) =>
        TryNumber(text, out float value) ? value : throw new ArgumentException($"row {row + 1}: the outcome '{text}' is no number");

    private static bool TryNumber(string text, out float value) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}
