using System.Globalization;
using System.Text.Json;
using WinBack.Cli.Dev;

namespace WinBack.Cli.Run;

/// <summary>The service as a child; it ends with this object, and when this process dies.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private const int LogLinesTold = 40;
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(120);
    private readonly ChildServer _child;
    private readonly DirectoryInfo _folder;
    private Dictionary<string, string> _ready = [];

    private ServiceProcess(string dll, IEnumerable<string> settings)
    {
        _folder = Directory.CreateTempSubdirectory("winback-service-");
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        _child = ChildServer.Start(
            "/bin/sh",
            [
                "-c", ServiceEnvironment.Exports + "exec \"$@\" >\"$0\" 2>&1", LogFile,
                dotnet, Path.GetFullPath(dll), $"--WinBack:ReadyFile={ReadyFile}", .. settings,
            ]);
    }

    /// <summary>"http://127.0.0.1:PORT", HTTP/2 without TLS.</summary>
    internal string Grpc => _ready["grpc"];

    /// <summary>"http://127.0.0.1:PORT": metrics and health.</summary>
    internal string Http => _ready["http"];

    internal string Kafka => _ready["kafka"];

    internal string Redis => _ready["redis"];

    internal int ProcessId => int.Parse(_ready["pid"], CultureInfo.InvariantCulture);

    /// <summary>Temporary; deleted at the end.</summary>
    internal string Folder => _folder.FullName;

    internal string LogFile => Path.Combine(_folder.FullName, "service.log");

    internal bool HasEnded => _child.HasEnded;

    private string ReadyFile => Path.Combine(_folder.FullName, "ready.json");

    /// <param name="dll">WinBack.Service.dll.</param>
    /// <param name="settings">"--Section:Name=value".</param>
    /// <exception cref="BadInputException">It did not get ready; the message has the end of its log.</exception>
    internal static async Task<ServiceProcess> StartAsync(string dll, IEnumerable<string> settings, CancellationToken stop)
    {
        var service = new ServiceProcess(dll, settings);
        try
        {
            if (!await service.GetsReadyAsync(stop))
                throw new BadInputException($"the service did not get ready; the end of its log:{Environment.NewLine}{service.EndOfLog()}");
            service._ready = JsonSerializer.Deserialize<Dictionary<string, string>>(await File.ReadAllTextAsync(service.ReadyFile, stop))!;
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until the service ends or the user has had enough.</summary>
    internal async Task WaitAsync(CancellationToken stop)
    {
        while (!_child.HasEnded && !stop.IsCancellationRequested)
            await Task.Delay(200, CancellationToken.None);
    }

    internal string EndOfLog() =>
        string.Join(Environment.NewLine, (File.Exists(LogFile) ? File.ReadAllLines(LogFile) : []).TakeLast(LogLinesTold));

    public async ValueTask DisposeAsync()
    {
        await _child.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task<bool> GetsReadyAsync(CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(StartTimeout);
        while (!File.Exists(ReadyFile))
        {
            stop.ThrowIfCancellationRequested();
            if (_child.HasEnded || deadline.IsCancellationRequested) return false;
            await Task.Delay(50, CancellationToken.None);
        }

        return true;
    }
}
