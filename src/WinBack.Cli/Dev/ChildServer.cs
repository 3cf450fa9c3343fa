using System.Diagnostics;

namespace WinBack.Cli.Dev;

/// <summary>
/// A server started as a child. A shell stands between that ends it when its standard input closes, which happens
/// however this process ends, so no server is left behind after a crash or kill -9. Both are in a session of their own:
/// Ctrl-C reaches this process alone, which then ends its children in order.
/// </summary>
internal sealed class ChildServer : IAsyncDisposable
{
    private const int KeptLines = 20;
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);
    private readonly Process _shell;
    private readonly Queue<string> _lines = new();
    private readonly TaskCompletionSource<string?> _firstLine = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ChildServer(Process shell) => _shell = shell;

    /// <summary>The first line on standard output; null when it ended without one.</summary>
    internal Task<string?> FirstLine => _firstLine.Task;

    internal bool HasEnded => _shell.HasExited;

    /// <summary>The last lines that it wrote on standard output.</summary>
    internal string LastOutput
    {
        get { lock (_lines) return string.Join(Environment.NewLine, _lines); }
    }

    internal static ChildServer Start(string program, IEnumerable<string> arguments)
    {
        // The watcher reads what the shell got as standard input (descriptor 3): background jobs have none of their own.
        const string script = "exec 3<&0; \"$@\" 3<&- & child=$!; (cat <&3 >/dev/null; kill $child 2>/dev/null) & wait $child";
        var start = new ProcessStartInfo("setsid", ["/bin/sh", "-c", script, "sh", program, .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false,
        };
        var child = new ChildServer(new Process { StartInfo = start });
        child._shell.OutputDataReceived += (_, line) => child.Keep(line.Data);
        child._shell.Start();
        // Read to the end: a child that nobody reads from stands still once the pipe is full.
        child._shell.BeginOutputReadLine();
        return child;
    }

    public async ValueTask DisposeAsync()
    {
        _shell.StandardInput.Close();
        using var timeout = new CancellationTokenSource(StopTimeout);
        try
        {
            await _shell.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            _shell.Kill(entireProcessTree: true);
        }

        _shell.Dispose();
    }

    private void Keep(string? line)
    {
        _firstLine.TrySetResult(line);
        if (line is null) return;
        lock (_lines)
        {
            if (_lines.Count == KeptLines) _lines.Dequeue();
            _lines.Enqueue(line);
        }
    }
}
