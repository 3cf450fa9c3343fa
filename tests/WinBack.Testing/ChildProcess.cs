using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace WinBack.Testing;

/// <summary>One run of a child program: keeps the end of its output, is signalled by its own id, ends with the tests.</summary>
internal sealed class ChildProcess : IDisposable
{
    private const int SigTerm = 15;
    private const int SigCont = 18;
    private const int SigStop = 19;
    private const int KeptLines = 60;

    private static readonly HashSet<ChildProcess> _running = [];

    private readonly Process _process;
    private readonly Action<string>? _onLine;
    private readonly Queue<string> _lines = new();

    static ChildProcess() => AppDomain.CurrentDomain.ProcessExit += (_, _) => KillAll();

    private ChildProcess(Process process, Action<string>? onLine)
    {
        _process = process;
        _onLine = onLine;
    }

    public int Id => _process.Id;

    public bool IsRunning => !_process.HasExited;

    /// <summary>128 + the signal's number when one ended it.</summary>
    /// <exception cref="InvalidOperationException">It still runs.</exception>
    public int ExitCode => _process.ExitCode;

    /// <summary>The last lines that the program wrote.</summary>
    public string Output
    {
        get
        {
            lock (_lines)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    /// <param name="onLine">Also gets every line that the program writes, on some thread.</param>
    /// <exception cref="Win32Exception">There is no such program.</exception>
    public static ChildProcess Start(string program, IEnumerable<string> arguments, string folder, Action<string>? onLine = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var child = new ChildProcess(new Process { StartInfo = start }, onLine);
        child._process.OutputDataReceived += (_, line) => child.Keep(line.Data);
        child._process.ErrorDataReceived += (_, line) => child.Keep(line.Data);
        child._process.Start();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        lock (_running)
        {
            _running.Add(child);
        }

        return child;
    }

    public void Terminate() => Signal(SigTerm);

    public void Pause() => Signal(SigStop);

    public void Resume() => Signal(SigCont);

    public void Kill() => _process.Kill();

    public Task WaitForEndAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>Kills the program if it still runs, and waits until it is gone.</summary>
    public void Dispose()
    {
        lock (_running)
        {
            _running.Remove(this);
        }

        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static void KillAll()
    {
        lock (_running)
        {
            foreach (ChildProcess child in _running)
            {
                child._process.Kill();
            }
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int SendSignal(int processId, int signal);

    private void Signal(int signal)
    {
        if (SendSignal(_process.Id, signal) != 0 && IsRunning)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"Signal {signal} to process {_process.Id} failed.");
        }
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        _onLine?.Invoke(line);
        lock (_lines)
        {
            if (_lines.Count == KeptLines)
            {
                _lines.Dequeue();
            }

            _lines.Enqueue(line);
        }
    }
}
