using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace WinBack.Tests.Cli.Models;

/// <summary>Runs onnx-client/score.mjs under node: onnxruntime on a file that we wrote.</summary>
internal static class OnnxClient
{
    private const string Needed = "This test needs the npm package onnxruntime-node: ";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private static readonly string Folder = RepositoryFiles.Path("tests", "WinBack.Tests", "Cli", "Models", "onnx-client");

    /// <summary>Every output of the model, by name: one array for each row.</summary>
    /// <param name="model">An .onnx file.</param>
    /// <param name="numbers">Rows of the input "features"; missing is NaN.</param>
    /// <param name="texts">Text inputs by name, one value for each row; missing is an empty text.</param>
    public static async Task<IReadOnlyDictionary<string, double[][]>> RunAsync(
        string model, float[][] numbers, IReadOnlyDictionary<string, string[]> texts)
    {
        bool isInstalled = Directory.Exists(Path.Combine(Folder, "node_modules", "onnxruntime-node"));
        Assert.True(isInstalled, $"{Needed}run `npm ci --ignore-scripts` in {Folder}");
        var start = new ProcessStartInfo("node", ["score.mjs", model])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            using var limit = new CancellationTokenSource(Limit);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.StandardInput.WriteAsync(Inputs(numbers, texts));
            process.StandardInput.Close();
            string output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            Assert.True(process.ExitCode == 0, await errors);
            using var json = JsonDocument.Parse(output);
            return json.RootElement.EnumerateObject().ToDictionary(tensor => tensor.Name, tensor => Rows(tensor.Value, numbers.Length));
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    private static string Inputs(float[][] numbers, IReadOnlyDictionary<string, string[]> texts)
    {
        var values = numbers.SelectMany(row => row).Select(v => float.IsNaN(v) ? "null" : v.ToString("R", CultureInfo.InvariantCulture));
        var json = new StringBuilder($"{{\"features\":{{\"rows\":{numbers.Length},\"numbers\":[{string.Join(',', values)}]}}");
        foreach (var (name, column) in texts)
            json.Append($",{JsonSerializer.Serialize(name)}:{{\"rows\":{column.Length},\"texts\":{JsonSerializer.Serialize(column)}}}");
        return json.Append('}').ToString();
    }

    private static double[][] Rows(JsonElement tensor, int rows)
    {
        double[] data = tensor.GetProperty("data").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        return data.Chunk(data.Length / rows).ToArray();
    }
}
