using System.Net.Sockets;
using System.Text;

namespace WinBack.Testing;

/// <summary>
/// A server that speaks the Redis protocol, run as a child of the test: on a free port of the loopback address, in a
/// temporary folder that goes away with it. It can be killed and started again on the same port and folder, as often as
/// a fault test wants. Not thread-safe: one test drives it.
/// </summary>
public abstract class KeyValueServer : IAsyncDisposable
{
    private const int PortAttempts = 5;
    private static readonly TimeSpan _startLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _stopLimit = TimeSpan.FromSeconds(20);

    private ChildProcess? _child;

    private protected KeyValueServer(string name)
    {
        Name = name;
        Folder = Directory.CreateTempSubdirectory($"winback-{name}-").FullName;
    }

    /// <summary>What the server is, for messages and test names.</summary>
    public string Name { get; }

    /// <summary>The loopback address.</summary>
    public string Host => "127.0.0.1";

    /// <summary>The port: stays the same over restarts.</summary>
    public int Port { get; private set; }

    /// <summary><c>host:port</c>, as a StackExchange.Redis configuration string.</summary>
    public string Address => $"{Host}:{Port}";

    /// <summary>How StackExchange.Redis connects to it with time limits that a busy machine does not reach.</summary>
    public string Patient => $"{Address},asyncTimeout=60000,syncTimeout=60000,connectTimeout=60000";

    /// <summary>The server's own folder, with whatever it writes.</summary>
    public string Folder { get; }

    /// <summary>True while the process lives (also while it is paused).</summary>
    public bool IsRunning => _child is { IsRunning: true };

    /// <summary>Process id of the current run.</summary>
    /// <exception cref="InvalidOperationException">The server is not running.</exception>
    public int ProcessId => Running.Id;

    /// <summary>The last lines that the current run wrote.</summary>
    public string Output => _child?.Output ?? "";

    private ChildProcess Running
        => _child is { IsRunning: true } ? _child : throw new InvalidOperationException($"{Name} is not running.");

    /// <summary>Starts the server again after a kill or stop, on the same port and folder.</summary>
    /// <returns>When it answers PING, so also when it has read its append-only file back.</returns>
    /// <exception cref="InvalidOperationException">The server is running.</exception>
    /// <exception cref="ServerStartException">It did not answer; the message holds the end of its output.</exception>
    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        if (IsRunning)
        {
            throw new InvalidOperationException($"{Name} is already running.");
        }

        _child?.Dispose();
        _child = Launch();
        await WaitUntilReadyAsync(_child, cancellationToken);
    }

    /// <summary>kill -9: what was not yet written to disk is lost.</summary>
    /// <returns>When the process is gone.</returns>
    public Task KillAsync()
    {
        _child?.Kill();
        return _child?.WaitForEndAsync(CancellationToken.None) ?? Task.CompletedTask;
    }

    /// <summary>Asks the server to end in order (SIGTERM), and kills it if it does not within 20 s.</summary>
    public async Task StopAsync()
    {
        if (_child is not { IsRunning: true } child)
        {
            return;
        }

        child.Terminate();
        using var limit = new CancellationTokenSource(_stopLimit);
        try
        {
            await child.WaitForEndAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
        }
    }

    /// <summary>SIGSTOP: connections stay open, nothing is answered.</summary>
    public void Pause() => Running.Pause();

    /// <summary>SIGCONT: goes on where <see cref="Pause"/> stopped it.</summary>
    public void Resume() => Running.Resume();

    /// <summary>Kills the server and removes its folder.</summary>
    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _child?.Dispose();
        _child = null;
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>The first start: takes another port when somebody else was faster.</summary>
    private protected async Task StartOnFreePortAsync(CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            Port = FreePort.Next();
            try
            {
                await RestartAsync(cancellationToken);
                return;
            }
            catch (ServerStartException)
                when (attempt < PortAttempts && Output.Contains("already in use", StringComparison.OrdinalIgnoreCase))
            {
                await KillAsync();
            }
            catch
            {
                await DisposeAsync();
                throw;
            }
        }
    }

    private protected abstract ChildProcess Launch();

    private async Task WaitUntilReadyAsync(ChildProcess child, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_startLimit);
        try
        {
            while (!await AnswersPingAsync(limit.Token))
            {
                if (!child.IsRunning)
                {
                    throw new ServerStartException($"{Name} ended while starting on port {Port}. Its output:\n{child.Output}");
                }

                await Task.Delay(TimeSpan.FromMilliseconds(20), limit.Token);
            }
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ServerStartException(
                $"{Name} did not answer on port {Port} within {_startLimit.TotalSeconds} s. Its output:\n{child.Output}", e);
        }
    }

    private async Task<bool> AnswersPingAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(Host, Port, cancellationToken);
            NetworkStream stream = client.GetStream();
            await stream.WriteAsync("*1\r\n$4\r\nPING\r\n"u8.ToArray(), cancellationToken);
            byte[] reply = new byte[64];
            int length = await stream.ReadAsync(reply, cancellationToken);
            return Encoding.ASCII.GetString(reply, 0, length).StartsWith("+PONG", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }
}
