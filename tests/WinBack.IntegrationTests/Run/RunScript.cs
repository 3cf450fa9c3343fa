using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using WinBack.IntegrationTests.Service;

namespace WinBack.IntegrationTests.Run;

/// <summary>
/// ./run.sh as a user starts it: in a session of its own, like a terminal's, so that Ctrl-C can be sent to all of it. A
/// mark in the environment, which every descendant inherits, tells later what it left behind.
/// </summary>
internal sealed class RunScript : IDisposable
{
    internal const int SigInt = 2;
    internal const int SigKill = 9;
    private const string MarkName = "WINBACK_RUN_TEST";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);
    private readonly string _mark = $"{MarkName}={Guid.NewGuid():N}";
    private readonly StringBuilder _output = new();
    private readonly Process _process;

    internal RunScript(string? path = null, params string[] arguments)
    {
        var start = new ProcessStartInfo("setsid", ["./run.sh", "--grpc-port", "0", "--http-port", "0", .. arguments])
        {
            WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment[MarkName] = _mark[(MarkName.Length + 1)..];
        if (path is not null) start.Environment["PATH"] = path;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>What it has written so far.</summary>
    internal string Output
    {
        get { lock (_output) return _output.ToString(); }
    }

    /// <summary>Waits for a text in the output, or for the end.</summary>
    internal async Task UntilAsync(string text)
    {
        long started = Stopwatch.GetTimestamp();
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            Assert.False(_process.HasExited, $"ended with {(_process.HasExited ? _process.ExitCode : 0)}: {Output}");
            Assert.True(Stopwatch.GetElapsedTime(started) < Limit, Output);
            await Task.Delay(100);
        }
    }

    /// <returns>The exit code.</returns>
    internal async Task<int> EndAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    /// <summary>Ctrl-C: a signal to the whole foreground group.</summary>
    internal void PressCtrlC() => Send(-_process.Id, SigInt);

    /// <summary>kill -9 of the program itself.</summary>
    internal void Kill() => Send(_process.Id, SigKill);

    /// <summary>Waits until nothing that it started is running any more.</summary>
    internal async Task AssertNothingLeftAsync()
    {
        long started = Stopwatch.GetTimestamp();
        while (Left() is { Count: > 0 } left)
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30), "still running: " + string.Join("; ", left));
            await Task.Delay(100);
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited) Kill();
        _process.Dispose();
    }

    private List<string> Left()
    {
        var left = new List<string>();
        foreach (string folder in Directory.GetDirectories("/proc").Where(f => Path.GetFileName(f).All(char.IsAsciiDigit)))
        {
            try
            {
                if (File.ReadAllText(Path.Combine(folder, "environ")).Split('\0').Contains(_mark, StringComparer.Ordinal))
                    left.Add(Path.GetFileName(folder) + " " + File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' '));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Gone meanwhile, or somebody else's.
            }
        }

        return left;
    }

    private void Keep(string? line)
    {
        lock (_output) _output.AppendLine(line);
    }

    private static void Send(int process, int signal)
    {
        if (SendSignal(process, signal) != 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int SendSignal(int process, int signal);
}
