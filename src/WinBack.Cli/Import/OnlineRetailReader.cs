using System.Globalization;
using CsvHelper;

namespace WinBack.Cli.Import;

/// <summary>Reads the lines of UCI Online Retail from its CSV form. Columns are found by name, in any order.</summary>
internal sealed class OnlineRetailReader : IDisposable
{
    private static readonly string[] Columns =
        ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country"];

    private static readonly string[] TimeFormats = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "M/d/yyyy H:mm"];

    private readonly InputFile _file;
    private readonly CsvReader _csv;
    private readonly int[] _at = new int[Columns.Length];

    /// <param name="file">Stays the caller's.</param>
    /// <exception cref="BadInputException">The header lacks a column.</exception>
    internal OnlineRetailReader(InputFile file)
    {
        _file = file;
        _csv = CsvReader.Create(file.Stream, CsvFile.Strict, leaveOpen: true);
        IReadOnlyList<string> header = _csv.Headers;
        for (int i = 0; i < Columns.Length; i++) _at[i] = IndexOf(header, Columns[i]);
        string missing = string.Join(", ", Columns.Where((_, i) => _at[i] < 0));
        if (missing.Length > 0)
        {
            throw new BadInputException(
                $"{file.Path}: the header lacks {missing}; UCI Online Retail as CSV has {string.Join(',', Columns)}");
        }
    }

    /// <exception cref="BadInputException">
    /// A line cannot be read; the message names the line, the column and the value.
    /// </exception>
    internal IEnumerable<OnlineRetailLine> ReadAll()
    {
        while (TryAdvance()) yield return Read();
    }

    public void Dispose() => _csv.Dispose();

    private bool TryAdvance()
    {
        try
        {
            return _csv.Read();
        }
        catch (Exception broken) when (broken is CsvFormatException or InvalidDataException)
        {
            throw new BadInputException($"{_file.Path}: after line {_csv.LineNumber}: {broken.Message}", broken);
        }
    }

    private OnlineRetailLine Read() => new(
        _csv.LineNumber, Required(0), Text(1), Text(2), Quantity(), Time(), PriceMicros(), Customer(), Text(7));

    private static int IndexOf(IReadOnlyList<string> header, string column)
    {
        int at = 0;
        while (at < header.Count && header[at] != column) at++;
        return at < header.Count ? at : -1;
    }

    private string Text(int column) => _csv.GetString(_at[column]).Trim();

    private string Required(int column) => Text(column) is { Length: > 0 } text ? text : throw Wrong(column, "set it");

    private long Quantity() =>
        long.TryParse(Text(3), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long pieces)
            && Math.Abs(pieces) <= 1_000_000_000
            ? pieces
            : throw Wrong(3, "a whole number of pieces is needed");

    private DateTimeOffset Time() =>
        DateTimeOffset.TryParseExact(
            Text(4), TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time
            : throw Wrong(4, "a time like 2011-10-01 12:34:00 is needed");

    private long PriceMicros()
    {
        if (!decimal.TryParse(
                Text(5), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                out decimal price)
            || Math.Abs(price) > 1_000_000_000)
            throw Wrong(5, "a price like 2.55 is needed");
        decimal micros = price * 1_000_000;
        return micros == decimal.Truncate(micros) ? (long)micros : throw Wrong(5, "at most 6 decimals can be kept exactly");
    }

    /// <summary>The file's customer numbers went through a float column: 17850.0 is customer 17850.</summary>
    private string Customer()
    {
        string text = Text(6);
        return text.EndsWith(".0", StringComparison.Ordinal) ? text[..^2] : text;
    }

    private BadInputException Wrong(int column, string fix) =>
        new($"{_file.Path}: line {_csv.LineNumber}, {Columns[column]} is '{Text(column)}': {fix}");
}
