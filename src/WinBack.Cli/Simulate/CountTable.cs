namespace WinBack.Cli.Simulate;

/// <summary>Counts, or sums, by name.</summary>
internal sealed class CountTable
{
    private readonly SortedDictionary<string, double> _counts = new(StringComparer.Ordinal);

    internal IReadOnlyCollection<string> Names => _counts.Keys;

    internal double Total => _counts.Values.Sum();

    internal double this[string name] => _counts.GetValueOrDefault(name);

    internal static CountTable Of(IEnumerable<string> names)
    {
        var table = new CountTable();
        foreach (string name in names) table.Add(name);
        return table;
    }

    internal void Add(string name, double count = 1) => _counts[name] = _counts.GetValueOrDefault(name) + count;
}
