using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace WinBack.Testing;

/// <summary>
/// A Kafka broker for tests: <c>winback dev broker</c> as a child process on a free port. It ends with this object, and
/// also when the test process dies, because its standard input ends then.
/// </summary>
/// <remarks>The test project must reference WinBack.Cli, so that winback.dll lies beside the tests.</remarks>
public sealed class KafkaBroker : IAsyncDisposable
{
    private const string ReadyPrefix = "bootstrap.servers=";
    private const int KeptErrorLines = 50;
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);

    private readonly Process process;
    private readonly ConcurrentQueue<string> errors;

    private KafkaBroker(Process process, string bootstrapServers, ConcurrentQueue<string> errors)
    {
        this.process = process;
        this.errors = errors;
        BootstrapServers = bootstrapServers;
    }

    /// <summary><c>127.0.0.1:PORT</c>.</summary>
    public string BootstrapServers { get; }

    public int ProcessId => process.Id;

    /// <summary>Whether it runs, and what it wrote to standard error: for the message of a test that failed.</summary>
    public string Condition =>
        $"broker {(process.HasExited ? $"ended with exit code {process.ExitCode}" : "runs")}: {string.Join('\n', errors)}";

    /// <summary>Starts a broker with <paramref name="topics"/>, each of <paramref name="partitions"/> partitions.</summary>
    /// <exception cref="InvalidOperationException">It ended or stayed silent; the message holds what it printed.</exception>
    public static async Task<KafkaBroker> StartAsync(
        IEnumerable<string> topics, int partitions = 8, CancellationToken cancellationToken = default)
    {
        var process = new Process { StartInfo = StartInfo(topics, partitions) };
        var errors = new ConcurrentQueue<string>();
        process.ErrorDataReceived += (_, line) => Keep(errors, line.Data);
        process.Start();
        process.BeginErrorReadLine();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(StartTimeout);
        string? first = null;
        try
        {
            first = await process.StandardOutput.ReadLineAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Keep(errors, $"(no line on standard output within {StartTimeout.TotalSeconds} s)");
        }
        finally
        {
            if (first?.StartsWith(ReadyPrefix, StringComparison.Ordinal) != true)
            {
                process.Kill();
            }
        }

        return first?.StartsWith(ReadyPrefix, StringComparison.Ordinal) == true
            ? new KafkaBroker(process, first[ReadyPrefix.Length..], errors)
            : throw new InvalidOperationException($"winback dev broker did not start: {first}\n{string.Join('\n', errors)}");
    }

    /// <summary>Ends the broker as a crash would (SIGKILL). Everything that it kept is gone.</summary>
    public void Kill() => process.Kill();

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.StandardInput.Close();
            using var deadline = new CancellationTokenSource(StopTimeout);
            try
            {
                await process.WaitForExitAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill();
            }
        }

        process.Dispose();
    }

    private static ProcessStartInfo StartInfo(IEnumerable<string> topics, int partitions)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "winback.dll");
        if (!File.Exists(program))
        {
            throw new InvalidOperationException($"{program} is missing: reference WinBack.Cli from the test project");
        }

        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] arguments =
        [
            program, "dev", "broker", "--exit-with-stdin", "--topics", string.Join(',', topics),
            "--partitions", partitions.ToString(CultureInfo.InvariantCulture),
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null && lines.Count < KeptErrorLines)
        {
            lines.Enqueue(line);
        }
    }
}
