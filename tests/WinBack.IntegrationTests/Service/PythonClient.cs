using System.Runtime.InteropServices;
using System.Text.Json;

namespace WinBack.IntegrationTests.Service;

/// <summary>Runs python-client/client.py (Debian: python3-grpcio) on a descriptor set that protoc made of protos/.</summary>
internal static class PythonClient
{
    private const string Python = "/usr/bin/python3";
    private const string Needed = "This test needs the Debian packages python3-grpcio and python3-protobuf";

    /// <summary>What it showed, by name.</summary>
    internal static async Task<Dictionary<string, JsonElement>> RunAsync(string address, string what, string customer)
    {
        Assert.True(File.Exists(Python), Needed);
        string script = Path.Combine(Repository.Root, "tests/WinBack.IntegrationTests/Service/python-client/client.py");
        string descriptors = Path.Combine(AppContext.BaseDirectory, "winback.protoset");
        await ForeignTool.RunAsync(
            Protoc(),
            [
                "--include_imports", $"--descriptor_set_out={descriptors}", $"-I{Path.Combine(Repository.Root, "protos")}",
                $"-I{Path.Combine(GrpcTools(), "build/native/include")}", "winback/v1/decision_service.proto",
                "winback/v1/customer_service.proto", "grpc/health/v1/health.proto", "google/rpc/status.proto",
                "google/rpc/error_details.proto",
            ]);
        string output = await ForeignTool.RunAsync(Python, [script, address["http://".Length..], descriptors, what, customer]);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .ToDictionary(line => line.GetProperty("name").GetString()!, line => line.GetProperty("value"));
    }

    private static string Protoc() => Path.Combine(
        GrpcTools(), "tools", RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "linux_arm64" : "linux_x64", "protoc");

    /// <summary>The package that the build itself compiles the protos with.</summary>
    private static string GrpcTools()
    {
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget/packages");
        return Directory.GetDirectories(Path.Combine(packages, "grpc.tools")).Max(StringComparer.Ordinal)!;
    }
}
