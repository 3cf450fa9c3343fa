using WinBack.Cli;
using WinBack.Load;

namespace WinBack.IntegrationTests.Load;

/// <summary>One run of the load tool inside the test, as its command line does it, and the summary it left.</summary>
/// <param name="Rows">By flow: operations that went well, iterations that failed, and iterations by status.</param>
internal sealed record LoadRun(int Code, string Error, string Output, IReadOnlyDictionary<string, LoadRun.Row> Rows)
{
    /// <summary>Runs a scenario without warm-up; every wait inside is bounded by minutes.</summary>
    internal static async Task<LoadRun> OfAsync(string scenario, string arguments, params string[] further)
    {
        string folder = Directory.CreateTempSubdirectory("winback-load-").FullName;
        try
        {
            var output = new StringWriter();
            var error = new StringWriter();
            int code = await CommandRunner.RunAsync(
                LoadCommand.Build(), [scenario, .. arguments.Split(' '), .. further, "--report", folder], error, output);
            string[] files = Directory.GetFiles(folder);
            Assert.Contains(files, file => file.EndsWith("summary.txt", StringComparison.Ordinal));
            return new LoadRun(code, error.ToString(), output.ToString(), Read(Path.Combine(folder, "summary.csv")))
            {
                ReportFiles = [.. files.Select(file => Path.GetFileName(file))],
            };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    internal IReadOnlyList<string> ReportFiles { get; private init; } = [];

    private static Dictionary<string, Row> Read(string csv)
    {
        string[] lines = File.ReadAllLines(csv);
        string[] columns = lines[0].Split(',');
        int At(string name) => Array.IndexOf(columns, name);
        return lines.Skip(1).Select(line => line.Split(',')).ToDictionary(cells => cells[At("flow")], cells => new Row(
            long.Parse(cells[At("operations")]),
            long.Parse(cells[At("failed")]),
            cells[At("statuses")].Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(status => status.Split(':')).ToDictionary(status => status[0], status => long.Parse(status[1]))));
    }

    internal sealed record Row(long Operations, long Failed, IReadOnlyDictionary<string, long> Statuses)
    {
        internal long Iterations => Statuses.Values.Sum();
    }
}
