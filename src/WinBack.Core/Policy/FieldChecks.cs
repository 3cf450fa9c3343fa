using System.Text.RegularExpressions;

namespace WinBack.Core.Policy;

/// <summary>The checks that fields of a playbook have in common, and the list of what they found.</summary>
/// <param name="features">Names of the feature schema.</param>
internal sealed partial class FieldChecks(IReadOnlyList<string> features)
{
    private readonly List<PlaybookError> _errors = [];

    internal IReadOnlyList<PlaybookError> Errors => _errors;

    internal void All<T>(string path, List<string> names)
        where T : struct, Enum
    {
        for (int i = 0; i < names.Count; i++) OneOf<T>($"{path}[{i}]", names[i]);
    }

    internal T? OneOf<T>(string path, string name)
        where T : struct, Enum
    {
        if (Names.TryParse(name, out T value)) return value;
        Add(path, name.Length == 0 ? "is missing" : $"'{name}' is not known", "write one of " + string.Join(", ", Names.All<T>()));
        return null;
    }

    internal void Feature(string path, string feature, bool alsoScores)
    {
        if (features.Contains(feature) || (alsoScores && PlaybookBuilder.IsScore(feature))) return;
        Add(path, $"there is no feature '{feature}'", "see docs/FEATURES.md for the names");
    }

    internal void Comparison(string path, string feature, string op, double value)
    {
        Feature(path + ".feature", feature, alsoScores: true);
        if (op is not ("<" or "<=" or ">" or ">=" or "==" or "!="))
            Add(path + ".op", $"'{op}' is no comparison", "write one of < <= > >= == !=, in quotes");
        if (!double.IsFinite(value)) Add(path + ".value", "is not a number", "write a number");
    }

    internal void Name(string path, string name)
    {
        if (!NamePattern().IsMatch(name))
            Add(path, $"'{name}' is no name", "write lower case letters, digits and underscores, a letter first, at most 64");
    }

    internal void Amount(string path, decimal amount)
    {
        if (amount is < 0 or > 1_000_000) Add(path, $"{amount} is out of range", "write 0 to 1,000,000 units of the currency");
    }

    /// <param name="rule">The rule that sets the limits; "" for none.</param>
    internal void Range<T>(string path, T value, T least, T most, string unit = "", string rule = "")
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
            Add(path, $"{value} is out of range", $"write {least} to {most} {unit}".TrimEnd(), rule);
    }

    internal void Currency(string path, string code)
    {
        if (!CurrencyPattern().IsMatch(code))
            Add(path, $"'{code}' is no currency code", "write three capital letters, e.g. GBP");
    }

    internal void Add(string path, string problem, string fix, string rule = "") =>
        _errors.Add(new PlaybookError(path, problem, fix, rule));

    [GeneratedRegex("^[a-z][a-z0-9_]{0,63}$")]
    private static partial Regex NamePattern();

    [GeneratedRegex("^[A-Z]{3}$")]
    private static partial Regex CurrencyPattern();
}
