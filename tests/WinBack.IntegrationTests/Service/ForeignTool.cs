using System.Diagnostics;

namespace WinBack.IntegrationTests.Service;

/// <summary>Runs a program of somebody else to its end.</summary>
internal static class ForeignTool
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>What it wrote to its standard output. Fails when its exit code is not 0, with what it wrote.</summary>
    /// <param name="folder">Where it runs; "" for where the tests do.</param>
    internal static async Task<string> RunAsync(string program, IEnumerable<string> arguments, string folder = "")
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        try
        {
            using var limit = new CancellationTokenSource(Limit);
            Task<string> errors = process.StandardError.ReadToEndAsync(limit.Token);
            string output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            Assert.True(process.ExitCode == 0, $"{program}: {output}{await errors}");
            return output;
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    /// <summary>The same with a script of a folder with npm packages.</summary>
    internal static Task<string> RunNodeAsync(string folder, params string[] arguments)
    {
        Assert.True(
            Directory.Exists(Path.Combine(folder, "node_modules")), $"This test needs npm packages: run `npm ci --ignore-scripts` in {folder}");
        return RunAsync("node", arguments, folder);
    }
}
