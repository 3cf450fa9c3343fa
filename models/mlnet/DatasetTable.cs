using Microsoft.ML;
using Microsoft.ML.Data;

namespace WinBack.MlNet;

/// <summary>A table of <c>winback dataset</c>: customer_id, cut_time, one column for each feature, label.</summary>
/// <param name="Rows">Features as floats (missing is NaN) and the label.</param>
/// <param name="Features">Those with at least one value: a mean cannot be had of none.</param>
/// <param name="InputSchema">What a row must bring to be scored.</param>
internal sealed record DatasetTable(IDataView Rows, IReadOnlyList<string> Features, DataViewSchema InputSchema)
{
    public const string Label = "label";

    /// <summary>Columns that are no features.</summary>
    private static readonly HashSet<string> Keys = new(["customer_id", "cut_time", Label], StringComparer.Ordinal);

    /// <exception cref="InvalidDataException">There is no label, or no feature.</exception>
    public static DatasetTable Load(MLContext ml, string path, IReadOnlySet<string> ignored)
    {
        string[] header = (File.ReadLines(path).FirstOrDefault() ?? "").Split(',');
        int label = Array.IndexOf(header, Label);
        int[] features = Enumerable.Range(0, header.Length)
            .Where(i => !Keys.Contains(header[i]) && !ignored.Contains(header[i]))
            .ToArray();
        if (label < 0 || features.Length == 0)
        {
            throw new InvalidDataException($"{path} is no table of winback dataset: its header is {string.Join(',', header)}");
        }

        var columns = features.Select(i => new TextLoader.Column(header[i], DataKind.Single, i));
        TextLoader loader = ml.Data.CreateTextLoader(new TextLoader.Options
        {
            Columns = [.. columns, new TextLoader.Column(Label, DataKind.Boolean, label)],
            HasHeader = true,
            Separators = [','],
            AllowQuoting = true,

            // Without this an empty field would be read as 0.
            MissingRealsAsNaNs = true,
        });
        IDataView rows = ml.Data.Cache(loader.Load(path));
        string[] known = features.Select(i => header[i])
            .Where(name => rows.GetColumn<float>(name).Any(value => !float.IsNaN(value)))
            .ToArray();
        return new DatasetTable(rows, known, ml.Transforms.SelectColumns(known).Fit(rows).GetOutputSchema(rows.Schema));
    }
}
