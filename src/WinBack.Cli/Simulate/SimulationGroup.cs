namespace WinBack.Cli.Simulate;

/// <summary>A table of a simulation: a name, and a count of each run.</summary>
/// <param name="Head">What the names are.</param>
/// <param name="IsSorted">By name; otherwise the largest counts come first.</param>
internal sealed record SimulationGroup(string Title, string Head, string Note, IReadOnlyList<CountTable> Counts, bool IsSorted = false)
{
    internal (string Name, double[] Values)[] Rows()
    {
        var rows = Counts.SelectMany(c => c.Names).Distinct(StringComparer.Ordinal)
            .Select(name => (Name: name, Values: Counts.Select(c => c[name]).ToArray()));
        return IsSorted
            ? [.. rows.OrderBy(row => row.Name, StringComparer.Ordinal)]
            : [.. rows.OrderByDescending(row => row.Values.Max()).ThenBy(row => row.Name, StringComparer.Ordinal)];
    }
}
