using System.Globalization;

namespace WinBack.Tests.Cli.Models;

/// <summary>Runs <c>winback model score</c> and reads what it prints.</summary>
internal static class ScoreRun
{
    /// <summary>The values of each line, after checking that the command ended well.</summary>
    public static async Task<double[][]> ValuesAsync(string model, string input, params string[] options)
    {
        var (code, output, error) = await CommandLine.RunAsync(["model", "score", "--model", model, "--input", input, .. options]);
        Assert.True(code == 0, error);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(',').Select(value => double.Parse(value, CultureInfo.InvariantCulture)).ToArray())
            .ToArray();
    }

    /// <summary>The lines of a file as CSV, from whatever separates their fields.</summary>
    public static string AsCsv(TempFolder folder, string path, char separator)
    {
        using var reader = Trees.FloatCsv.Open(path);
        return folder.Write("rows.csv", reader.ReadToEnd().Replace(separator, ','));
    }

    public static void AssertSame(double[][] expected, double[][] found, double tolerance)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int row = 0; row < expected.Length; row++)
        {
            Assert.Equal(expected[row].Length, found[row].Length);
            for (int k = 0; k < expected[row].Length; k++)
                Assert.InRange(Math.Abs(found[row][k] - expected[row][k]), 0, tolerance * Math.Abs(expected[row][k]));
        }
    }
}
