using CsvHelper;

namespace WinBack.Cli.Datasets;

/// <summary>
/// Writes a training table as CSV: customer_id, cut_time (UTC), the features in schema order, label. Numbers are the
/// shortest text that reads back to the same float; missing is empty.
/// </summary>
internal sealed class DatasetWriter : IDisposable
{
    internal const string CustomerColumn = "customer_id";
    internal const string TimeColumn = "cut_time";
    internal const string LabelColumn = "label";

    private readonly CsvWriter _csv;

    /// <param name="stream">Stays the caller's.</param>
    internal DatasetWriter(Stream stream, IReadOnlyList<string> featureNames)
    {
        _csv = CsvWriter.Create(stream, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        _csv.WriteField(CustomerColumn);
        _csv.WriteField(TimeColumn);
        foreach (string name in featureNames) _csv.WriteField(name);
        _csv.WriteField(LabelColumn);
        _csv.EndRecord();
    }

    internal long Rows { get; private set; }

    internal long Positives { get; private set; }

    internal void Write(DatasetRow row)
    {
        Rows++;
        if (row.Label) Positives++;
        _csv.WriteField(row.Customer);
        _csv.WriteField(row.Cut, "yyyy-MM-dd'T'HH:mm:ss'Z'");
        foreach (float value in row.Features)
        {
            if (float.IsNaN(value)) _csv.WriteField("");
            else _csv.WriteField(value);
        }

        _csv.WriteField(row.Label ? "1" : "0");
        _csv.EndRecord();
    }

    public void Dispose() => _csv.Dispose();
}
