using System.Diagnostics;
using System.Text.Json;

namespace WinBack.IntegrationTests.Grpc;

/// <summary>
/// Runs reflection-client/client.mjs under node: a foreign gRPC client (@grpc/grpc-js with grpc-js-reflection-client)
/// that has none of our proto files.
/// </summary>
internal static class ReflectionClient
{
    private const string Needed = "This test needs the npm package grpc-js-reflection-client: ";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private static readonly string Folder = Path.Combine(FindRoot(), "tests/WinBack.IntegrationTests/Grpc/reflection-client");

    /// <summary>The JSON lines that the client prints.</summary>
    /// <param name="version">Of the reflection service: v1 or v1alpha.</param>
    /// <param name="arguments">As in the head of client.mjs, after the target.</param>
    public static async Task<IReadOnlyList<JsonElement>> RunAsync(Uri server, string version, params string[] arguments)
    {
        Assert.True(
            Directory.Exists(Path.Combine(Folder, "node_modules", "grpc-js-reflection-client")),
            $"{Needed}run `npm ci` in {Folder}");
        var start = new ProcessStartInfo("node", ["client.mjs", server.Authority, .. arguments])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["REFLECTION"] = version, ["LIMIT"] = "1" },
        };
        using var process = Process.Start(start)!;
        try
        {
            using var limit = new CancellationTokenSource(Limit);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            Assert.True(output.Length > 0, await errors);
            return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "WinBack.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"no WinBack.sln above {AppContext.BaseDirectory}");
    }
}
