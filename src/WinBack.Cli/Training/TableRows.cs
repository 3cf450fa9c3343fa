using System.Globalization;
using CsvHelper;
using WinBack.Cli.Datasets;
using WinBack.Trees.Training;

namespace WinBack.Cli.Training;

/// <summary>Reads the rows of one table into columns.</summary>
internal sealed class TableRows
{
    private static readonly string[] InstantFormats =
        ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd"];

    private readonly string _path;
    private readonly CsvReader _csv;
    private readonly TableColumns _columns;
    private readonly string[] _names;
    private readonly int[] _features;
    private readonly int _label;
    private readonly int _time;
    private readonly int _weight;
    private readonly int _customer;
    private readonly int _segment;
    private readonly List<float>[] _values;
    private readonly CategoryColumn?[] _texts;
    private readonly List<float> _labels = [];
    private readonly List<float> _weights = [];
    private readonly List<DateTimeOffset> _times = [];
    private readonly List<string> _segments = [];
    private readonly List<int> _customers = [];
    private readonly Dictionary<string, int> _customerNumbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> _categories = new(StringComparer.Ordinal);

    internal TableRows(string path, CsvReader csv, TableColumns columns)
    {
        _path = path;
        _csv = csv;
        _columns = columns;
        _names = csv.Headers.ToArray();
        _label = Required(columns.Label, "--label");
        _weight = columns.Weight is null ? -1 : Required(columns.Weight, "--weight");
        _time = columns.Time is null ? Array.IndexOf(_names, DatasetWriter.TimeColumn) : Required(columns.Time, "--time");
        _segment = columns.Segment is null ? -1 : Required(columns.Segment, "--segment");
        _customer = Array.IndexOf(_names, DatasetWriter.CustomerColumn);
        int[] leftOut = columns.LeftOut.Select(name => Required(name, "--leave-out")).ToArray();
        foreach (string name in columns.Categorical) Required(name, "--categorical");
        _features = Enumerable.Range(0, _names.Length)
            .Where(i => i != _label && i != _weight && i != _time && i != _customer && !leftOut.Contains(i))
            .ToArray();
        _values = _features.Select(_ => new List<float>()).ToArray();
        _texts = _features.Select(i => CategoryColumn.Of(_names[i], columns)).ToArray();
    }

    /// <summary>After <see cref="ReadAll"/>: texts of categories by feature.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyList<string>> Categories => _categories;

    internal string[] Segments => _segments.ToArray();

    internal int[] Customers => _customers.ToArray();

    internal TrainingTable ReadAll()
    {
        while (_csv.Read())
        {
            for (int f = 0; f < _features.Length; f++)
            {
                if (_texts[f] is { } text) text.Add(_csv.GetString(_features[f]) ?? "");
                else _values[f].Add(Number(_features[f]));
            }

            _labels.Add(Label());
            if (_weight >= 0) _weights.Add(Number(_weight));
            if (_time >= 0) _times.Add(Instant());
            if (_segment >= 0) _segments.Add(_csv.GetString(_segment) ?? "");
            if (_customer >= 0) _customers.Add(CustomerNumber());
        }

        return new TrainingTable(
            _features.Select(i => _names[i]).ToArray(),
            Enumerable.Range(0, _features.Length).Select(ColumnOf).ToArray(),
            _labels.ToArray(),
            _weight >= 0 ? _weights.ToArray() : null,
            _time >= 0 ? _times.ToArray() : null);
    }

    private float[] ColumnOf(int feature)
    {
        if (_texts[feature] is not { } text) return _values[feature].ToArray();
        (float[] codes, IReadOnlyList<string> categories) = text.Encode();
        if (categories.Count > 0) _categories[_names[_features[feature]]] = categories;
        return codes;
    }

    private float Label()
    {
        if (_columns.Positive is { } positive)
            return string.IsNullOrWhiteSpace(_csv.GetString(_label)) ? throw Wrong(_label, "a label is needed")
                : _csv.GetString(_label)!.Trim() == positive ? 1 : 0;
        float label = Number(_label);
        if (_columns.IsBinary) return label is 0 or 1 ? label : throw Wrong(_label, "0 or 1 is needed, or --positive");
        return float.IsFinite(label) ? label : throw Wrong(_label, "a finite number is needed");
    }

    private int CustomerNumber()
    {
        string customer = _csv.GetString(_customer) ?? "";
        _customerNumbers.TryAdd(customer, _customerNumbers.Count);
        return _customerNumbers[customer];
    }

    private int Required(string name, string argument) => Array.IndexOf(_names, name) is >= 0 and var at
        ? at
        : throw new BadInputException($"{argument} {name}: {_path} has no such column; it has {string.Join(", ", _names)}");

    private float Number(int column)
    {
        if (_csv.IsEmpty(column)) return float.NaN;
        if (_csv.TryParse(column, out float value)) return value;
        return string.IsNullOrWhiteSpace(_csv.GetString(column))
            ? float.NaN
            : throw Wrong(column, "a number is needed, or --categorical for text, or --leave-out for a column that is no feature");
    }

    private DateTimeOffset Instant() =>
        DateTimeOffset.TryParseExact(
            _csv.GetString(_time), InstantFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
            out DateTimeOffset time)
            ? time
            : throw Wrong(_time, "a time in UTC like 2011-10-01T00:00:00Z is needed");

    private BadInputException Wrong(int column, string fix) =>
        new($"{_path}: line {_csv.LineNumber}, {_names[column]} is '{_csv.GetString(column)}': {fix}");
}
