using WinBack.Trees.Inputs;

namespace WinBack.Trees.ModelFiles;

/// <summary>Collects what a pipeline asks from outside while its columns are followed back.</summary>
internal sealed class InputCollector
{
    private readonly List<InputColumn> _columns = [];
    private readonly Dictionary<string, int> _indexOfColumn = new(StringComparer.Ordinal);
    private readonly List<InputLookup> _lookups = [];

    /// <summary>An input read as a number, as one slot.</summary>
    public SlotSource Number(string name, Func<string, ModelFormatException> fault) => new(name, Column(name, isText: false, fault), -1, 0, []);

    public string NameOf(int column) => _columns[column].Name;

    /// <summary>An input read through a vocabulary.</summary>
    /// <returns>Index of the look-up.</returns>
    public int Lookup(string name, Vocabulary vocabulary, Func<string, ModelFormatException> fault)
    {
        int column = Column(name, vocabulary.IsText, fault);
        int index = _lookups.FindIndex(lookup => lookup.Column == column && ReferenceEquals(lookup.Vocabulary, vocabulary));
        if (index < 0)
        {
            index = _lookups.Count;
            _lookups.Add(new InputLookup(column, vocabulary));
        }

        return index;
    }

    /// <summary>The finished map; equal feature names get a number, because names must be unique.</summary>
    public InputMap ToMap(IReadOnlyList<SlotSource> slots)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var named = new List<SlotSource>(slots.Count);
        foreach (var slot in slots)
        {
            string name = string.IsNullOrWhiteSpace(slot.Name) ? "unnamed" : slot.Name;
            string unique = name;
            for (int number = 2; !seen.Add(unique); number++)
            {
                unique = $"{name}#{number}";
            }

            named.Add(slot with { Name = unique });
        }

        return new InputMap(_columns, _lookups, named);
    }

    private int Column(string name, bool isText, Func<string, ModelFormatException> fault)
    {
        if (!_indexOfColumn.TryGetValue(name, out int index))
        {
            index = _columns.Count;
            _indexOfColumn[name] = index;
            _columns.Add(new InputColumn(name, isText));
        }

        return _columns[index].IsText == isText
            ? index
            : throw fault($"The input column '{name}' is used both as text and as a number.");
    }
}
