using System.Globalization;
using System.IO.Compression;
using WinBack.Trees.Training;

namespace WinBack.Tests.Trees;

/// <summary>Reads plain numeric CSV files, gzip'd or not, for tests.</summary>
internal static class FloatCsv
{
    public static (string[] Header, float[][] Columns) Read(string path)
    {
        using var reader = Open(path);
        string[] header = reader.ReadLine()!.Split(',');
        var columns = header.Select(_ => new List<float>()).ToArray();
        while (reader.ReadLine() is { } line)
        {
            int column = 0;
            foreach (var range in line.AsSpan().Split(','))
            {
                var field = line.AsSpan()[range];
                columns[column++].Add(field.IsEmpty ? float.NaN : float.Parse(field, CultureInfo.InvariantCulture));
            }
        }

        return (header, columns.Select(column => column.ToArray()).ToArray());
    }

    public static TrainingTable ReadTable(string path, string label)
    {
        var (header, columns) = Read(path);
        int at = Array.IndexOf(header, label);
        return new TrainingTable(
            header.Where(name => name != label).ToArray(), columns.Where((_, i) => i != at).ToArray(), columns[at]);
    }

    /// <summary>Rows of a file without a header.</summary>
    public static float[][] ReadRows(string path, char separator)
    {
        using var reader = Open(path);
        return reader.ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(separator).Select(field => float.Parse(field, CultureInfo.InvariantCulture)).ToArray())
            .ToArray();
    }

    public static StreamReader Open(string path)
    {
        Stream stream = File.OpenRead(path);
        return new StreamReader(path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream);
    }
}
