namespace WinBack.Trees.ModelFiles;

/// <summary>Which column of a table holds which column of a model, where the names differ.</summary>
/// <remarks>
/// The file is CSV with the header <c>model,column</c>: a name that the model uses, the name that the table uses. Names that
/// are not listed are the same on both sides.
/// </remarks>
public sealed class ColumnNameMap
{
    public static readonly ColumnNameMap Empty = new([]);

    private readonly Dictionary<string, string> _columns;

    private ColumnNameMap(Dictionary<string, string> columns)
    {
        _columns = columns;
    }

    /// <summary>The model's names that have another one in the table.</summary>
    public IEnumerable<string> ModelNames => _columns.Keys;

    /// <param name="name">A name that the model uses.</param>
    /// <returns>The name that the table uses.</returns>
    public string ColumnOf(string name) => _columns.GetValueOrDefault(name, name);

    /// <param name="file">For messages.</param>
    /// <param name="text">The whole file.</param>
    /// <exception cref="ModelFormatException">Not such a file, or a name is mapped twice; the message lists every fault.</exception>
    public static ColumnNameMap Parse(string file, string text)
    {
        var columns = new Dictionary<string, string>(StringComparer.Ordinal);
        var faults = new List<string>();
        string[][] lines = CsvText.Parse(text).Where(line => line is not [""]).ToArray();
        if (lines.Length == 0 || lines[0] is not ["model", "column"])
        {
            faults.Add("the header is not model,column");
        }

        foreach (string[] line in lines.Skip(1))
        {
            if (line is not [{ Length: > 0 } name, { Length: > 0 } column])
            {
                faults.Add($"'{string.Join(',', line)}' is not a pair of names");
            }
            else if (!columns.TryAdd(name, column))
            {
                faults.Add($"'{name}' is mapped twice");
            }
        }

        return faults.Count == 0
            ? new ColumnNameMap(columns)
            : throw new ModelFormatException(file, $"Not a map of names: {string.Join("; ", faults)}.", "Write CSV with the header model,column.");
    }
}
