using System.Globalization;
using System.Text;
using CsvHelper;

namespace WinBack.Cli.Models;

/// <summary>The rows of a CSV file one after the other; the file is never held as a whole.</summary>
internal sealed class CsvRows : IDisposable
{
    private const int LongestRecordBytes = 1 << 26;

    private readonly IDisposable _file;
    private readonly CsvReader _csv;
    private int _fields = -1;

    private CsvRows(string name, IDisposable file, Stream stream, bool hasHeader)
    {
        (Name, _file) = (name, file);
        _csv = CsvReader.Create(
            stream,
            new CsvReaderOptions
            {
                Separator = ',',
                HasHeader = hasHeader,
                TrackLineNumbers = true,
                SkipEmptyLines = false,
                FieldCountMismatch = CsvFieldCountHandling.Allow,
                MalformedData = CsvMalformedDataHandling.Throw,
                MaxRecordSize = LongestRecordBytes,
            },
            leaveOpen: true);
    }

    /// <summary>Of the file, for messages.</summary>
    internal string Name { get; }

    /// <param name="path">A file, maybe gzip; "-" is standard input.</param>
    /// <exception cref="BadInputException">It cannot be opened.</exception>
    internal static CsvRows Open(string path, bool hasHeader)
    {
        if (path == "-")
        {
            Stream input = Console.OpenStandardInput();
            return new CsvRows("standard input", input, input, hasHeader);
        }

        InputFile file = InputFile.Open(path, "--input");
        return new CsvRows(path, file, file.Stream, hasHeader);
    }

    /// <exception cref="BadInputException">The first line cannot be read.</exception>
    internal string[] ReadHeader()
    {
        try
        {
            string[] header = _csv.Headers.ToArray();
            _fields = header.Length;
            return header;
        }
        catch (Exception broken) when (broken is CsvFormatException or InvalidDataException)
        {
            throw new BadInputException($"--input {Name}: the header cannot be read: {broken.Message}", broken);
        }
    }

    /// <summary>Moves to the next row; false at the end. A blank line is a row (of a missing value) only where a row is one value.</summary>
    /// <param name="wanted">Names of the columns by position; only used for the message about too few.</param>
    /// <exception cref="BadInputException">The row is malformed, or its fields are too few or not as many as before.</exception>
    internal bool Read(IReadOnlyList<string> wanted)
    {
        try
        {
            bool isOneValue = (_fields < 0 ? wanted.Count : _fields) == 1;
            while (_csv.Read())
            {
                if (!isOneValue && _csv.FieldCount <= 1 && _csv.IsEmpty(0)) continue;
                CheckFields(wanted);
                return true;
            }

            return false;
        }
        catch (Exception broken) when (broken is CsvFormatException or InvalidDataException)
        {
            throw new BadInputException($"--input {Name}: {broken.Message}", broken);
        }
    }

    internal string? Text(int column) => _csv.IsEmpty(column) ? null : _csv.GetString(column);

    /// <summary>Empty and NaN are missing, which is NaN here.</summary>
    /// <exception cref="BadInputException">It is no number; the message names line, column and value.</exception>
    internal float Number(int column, string name)
    {
        ReadOnlySpan<byte> field = _csv.GetSpan(column).Trim(" \t"u8);
        if (field.IsEmpty) return float.NaN;
        if (float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out float value)) return value;
        return Infinity(field) ?? throw new BadInputException(
            $"--input {Name}: line {_csv.LineNumber}, {name} is '{_csv.GetString(column)}': "
            + "a number is needed, or nothing where it is missing");
    }

    public void Dispose()
    {
        _csv.Dispose();
        _file.Dispose();
    }

    /// <summary>As C, Python and R write it.</summary>
    private static float? Infinity(ReadOnlySpan<byte> field) =>
        Ascii.EqualsIgnoreCase(field, "inf"u8) || Ascii.EqualsIgnoreCase(field, "+inf"u8) ? float.PositiveInfinity
        : Ascii.EqualsIgnoreCase(field, "-inf"u8) ? float.NegativeInfinity
        : null;

    private void CheckFields(IReadOnlyList<string> wanted)
    {
        if (_fields < 0)
        {
            _fields = _csv.FieldCount;
            string missing = string.Join(", ", wanted.Skip(_fields));
            if (missing.Length > 0)
                throw new BadInputException($"--input {Name}: line {_csv.LineNumber} has {_fields} fields; missing: {missing}");
        }

        if (_csv.FieldCount != _fields)
        {
            throw new BadInputException(
                $"--input {Name}: line {_csv.LineNumber} has {_csv.FieldCount} fields, the lines before have {_fields}");
        }
    }
}
