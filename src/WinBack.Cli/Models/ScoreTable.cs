using WinBack.Trees.ModelFiles;

namespace WinBack.Cli.Models;

/// <summary>The rows of a CSV file as the feature vectors that a model wants.</summary>
internal sealed class ScoreTable : IDisposable
{
    private const int MostNamesInANote = 20;

    private readonly CsvRows _rows;
    private readonly TreeModel _model;
    private string[] _names;
    private int[] _places = [];
    private bool _isPrepared;
    private float[] _numbers = [];
    private string?[] _texts = [];

    private ScoreTable(CsvRows rows, TreeModel model)
    {
        (_rows, _model) = (rows, model);
        _names = model.Columns.Select(column => column.Name).ToArray();
    }

    /// <param name="path">A file, maybe gzip; "-" is standard input.</param>
    /// <param name="hasHeader">Otherwise columns go by position.</param>
    /// <param name="model">Says which columns are needed.</param>
    /// <param name="map">Names that differ; only with a header.</param>
    /// <param name="notes">Told once which columns are not used.</param>
    /// <exception cref="BadInputException">It cannot be read, or lacks columns; the message lists all.</exception>
    internal static ScoreTable Open(string path, bool hasHeader, TreeModel model, ColumnNameMap map, TextWriter notes)
    {
        var table = new ScoreTable(CsvRows.Open(path, hasHeader), model);
        try
        {
            table.Match(hasHeader, map, notes);
            return table;
        }
        catch (BadInputException)
        {
            table.Dispose();
            throw;
        }
    }

    /// <summary>Writes the feature vector of the next row; false at the end.</summary>
    /// <param name="features">Shape [F].</param>
    /// <exception cref="BadInputException">The row cannot be read; the message names the line, the column and the value.</exception>
    internal bool Read(Span<float> features)
    {
        if (!_rows.Read(_names)) return false;
        for (int c = 0; c < _places.Length; c++)
        {
            if (!_isPrepared && _model.Columns[c].IsText) _texts[c] = _rows.Text(_places[c]);
            else _numbers[c] = _rows.Number(_places[c], _names[c]);
        }

        if (_isPrepared) _numbers.CopyTo(features);
        else _model.Prepare(_numbers, _texts, features);
        return true;
    }

    public void Dispose() => _rows.Dispose();

    /// <summary>Decides once where each column lies. A header that has the features themselves will do as well.</summary>
    private void Match(bool hasHeader, ColumnNameMap map, TextWriter notes)
    {
        string[] available = hasHeader ? _rows.ReadHeader() : _names;
        ColumnMatch match = ColumnMatch.Find(_names, available, map);
        if (match.Faults.Count > 0 && ColumnMatch.Find(_model.FeatureNames, available, map) is { Faults.Count: 0 } features)
            (match, _isPrepared, _names) = (features, true, _model.FeatureNames.ToArray());
        if (match.Faults.Count > 0)
        {
            throw new BadInputException(
                $"--input {_rows.Name} does not have the columns that the model wants; {string.Join("; ", match.Faults)}. "
                + "Name columns as the model does, give --map, or --no-header to go by position");
        }

        _places = match.Places.ToArray();
        _numbers = new float[_places.Length];
        _texts = new string?[_places.Length];
        Note(notes, match.Extra);
    }

    private void Note(TextWriter notes, IReadOnlyList<string> extra)
    {
        if (extra.Count == 0) return;
        string more = extra.Count > MostNamesInANote ? $" and {extra.Count - MostNamesInANote} more" : "";
        notes.WriteLine(
            $"winback: columns of {_rows.Name} that the model does not use: {string.Join(", ", extra.Take(MostNamesInANote))}{more}");
    }
}
