namespace WinBack.Trees.ModelFiles;

/// <summary>Where the columns that a model wants lie among those that a table has. The order of the table does not matter.</summary>
/// <param name="Places">Shape [wanted]; index among the table's columns, -1 where there is none.</param>
/// <param name="Faults">Every column that is missing or there twice, and every mapped name that the model does not know.</param>
/// <param name="Extra">Columns that the model has no use for, in the table's order.</param>
public sealed record ColumnMatch(IReadOnlyList<int> Places, IReadOnlyList<string> Faults, IReadOnlyList<string> Extra)
{
    /// <param name="wanted">The model's names.</param>
    /// <param name="available">The table's columns.</param>
    /// <param name="map">Names that differ.</param>
    public static ColumnMatch Find(IReadOnlyList<string> wanted, IReadOnlyList<string> available, ColumnNameMap map)
    {
        var places = new int[wanted.Count];
        var missing = new List<string>();
        var twice = new List<string>();
        var placeOf = new Dictionary<string, int>(StringComparer.Ordinal);
        var repeated = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < available.Count; i++)
        {
            if (!placeOf.TryAdd(available[i], i))
            {
                repeated.Add(available[i]);
            }
        }

        for (int w = 0; w < places.Length; w++)
        {
            string column = map.ColumnOf(wanted[w]);
            places[w] = placeOf.GetValueOrDefault(column, -1);
            if (places[w] < 0)
            {
                missing.Add(column == wanted[w] ? column : $"{column} (for {wanted[w]})");
            }
            else if (repeated.Contains(column))
            {
                twice.Add(column);
            }
        }

        var used = places.ToHashSet();
        string[] unknown = map.ModelNames.Except(wanted, StringComparer.Ordinal).ToArray();
        string[] faults = [.. Fault("missing", missing), .. Fault("there twice", twice), .. Fault("mapped but not the model's", unknown)];
        return new ColumnMatch(places, faults, available.Where((_, i) => !used.Contains(i)).ToArray());
    }

    private static string[] Fault(string what, IReadOnlyCollection<string> names) =>
        names.Count == 0 ? [] : [$"{what}: {string.Join(", ", names)}"];
}
