using System.Text.Json;

namespace WinBack.Testing;

/// <summary>Garnet (the dotnet tool garnet-server of the tool manifest) as a child process, with atomic Lua scripts.</summary>
/// <remarks>
/// Runs the tool's assembly directly: the launcher would stay as a second process, and a kill would hit only that one.
/// Memory is kept small (512 MiB log, 64 MiB index); without a storage tier Garnet silently drops records beyond it.
/// </remarks>
public sealed class GarnetServer : KeyValueServer
{
    private const string Tool = "garnet-server";
    private const string Manifest = ".config/dotnet-tools.json";

    private readonly GarnetServerOptions _options;
    private readonly string _assembly;

    private GarnetServer(GarnetServerOptions options, string assembly)
        : base("garnet")
    {
        _options = options;
        _assembly = assembly;
    }

    /// <summary>Starts a server on a free port. scripts/setup.sh restores the tool.</summary>
    /// <exception cref="ServerStartException">The tool was not restored or did not start.</exception>
    public static async Task<GarnetServer> StartAsync(
        GarnetServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        var server = new GarnetServer(options ?? new GarnetServerOptions(), FindAssembly());
        await server.StartOnFreePortAsync(cancellationToken);
        return server;
    }

    private protected override ChildProcess Launch()
    {
        string[] arguments =
        [
            _assembly, "--port", $"{Port}", "--bind", Host, "--lua", "--lua-transaction-mode",
            "--memory", "512m", "--index", "64m", "--page", "4m", "--device-type", "RandomAccess", "--checkpointdir", Folder,
            .. AppendOnlyArguments(),
            .. _options.Arguments,
        ];
        return ChildProcess.Start("dotnet", arguments, Folder);
    }

    private static string FindAssembly()
    {
        string root = FindManifestFolder();
        string version = ReadToolVersion(Path.Combine(root, Manifest));
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string assembly = Path.Combine(packages, Tool, version, "tools", "net10.0", "any", "GarnetServer.dll");
        return File.Exists(assembly)
            ? assembly
            : throw new ServerStartException($"{Tool} {version} is not at {assembly}. Run scripts/setup.sh in {root}.");
    }

    private static string FindManifestFolder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Manifest)))
            {
                return folder.FullName;
            }
        }

        throw new ServerStartException($"No {Manifest} in any folder above {AppContext.BaseDirectory}.");
    }

    private static string ReadToolVersion(string manifest)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(manifest));
        return document.RootElement.GetProperty("tools").GetProperty(Tool).GetProperty("version").GetString()!;
    }

    private string[] AppendOnlyArguments() => _options.AppendOnly switch
    {
        AppendOnly.Off => [],
        AppendOnly.Always => [.. AppendOnlyFile, "--aof-commit-freq", "0", "--aof-commit-wait"],
        _ => [.. AppendOnlyFile, "--aof-commit-freq", "100"],
    };

    private static string[] AppendOnlyFile => ["--aof", "--aof-memory", "32m", "--aof-page-size", "8m", "--recover"];
}
