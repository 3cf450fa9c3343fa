using System.ComponentModel;

namespace WinBack.Testing;

/// <summary>The real redis-server (Debian package redis-server) as a child process.</summary>
/// <remarks>No snapshots, no eviction, the DEBUG command allowed; the append-only file as asked.</remarks>
public sealed class RedisServer : KeyValueServer
{
    private const string Program = "redis-server";

    private readonly RedisServerOptions _options;

    private RedisServer(RedisServerOptions options)
        : base(Program)
        => _options = options;

    /// <summary>True when the program is on the PATH.</summary>
    public static bool IsInstalled
        => (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, Program)));

    /// <summary>The file that the server is appending to; cut it while the server is down to lose its tail.</summary>
    /// <exception cref="InvalidOperationException">The server keeps no append-only file.</exception>
    public string AppendOnlyFilePath
    {
        get
        {
            string folder = Path.Combine(Folder, "appendonlydir");
            string manifest = Path.Combine(folder, "appendonly.aof.manifest");
            if (!File.Exists(manifest))
            {
                throw new InvalidOperationException("The server keeps no append-only file: set RedisServerOptions.AppendOnly.");
            }

            // Lines "file <name> seq <n> type <b|h|i>"; the last one of type i is being appended to.
            string current = File.ReadLines(manifest).Last(line => line.EndsWith("type i", StringComparison.Ordinal));
            return Path.Combine(folder, current.Split(' ')[1]);
        }
    }

    /// <summary>Starts a server on a free port.</summary>
    /// <exception cref="ServerStartException">It is not installed or did not start.</exception>
    public static async Task<RedisServer> StartAsync(
        RedisServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        var server = new RedisServer(options ?? new RedisServerOptions());
        await server.StartOnFreePortAsync(cancellationToken);
        return server;
    }

    private protected override ChildProcess Launch()
    {
        string[] arguments =
        [
            "--port", $"{Port}", "--bind", Host, "--dir", Folder, "--daemonize", "no", "--logfile", "",
            "--save", "", "--maxmemory-policy", "noeviction", "--enable-debug-command", "yes",
            "--appendonly", _options.AppendOnly == AppendOnly.Off ? "no" : "yes",
            "--appendfsync", _options.AppendOnly == AppendOnly.Always ? "always" : "everysec",
            .. _options.Arguments,
        ];
        try
        {
            return ChildProcess.Start(Program, arguments, Folder);
        }
        catch (Win32Exception e)
        {
            throw new ServerStartException(
                $"{Program} is not on the PATH. Install the Debian package redis-server (apt-get install redis-server).", e);
        }
    }
}
