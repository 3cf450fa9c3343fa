using WinBack.Adapters.Kafka;
using WinBack.FaultWorker;
using WinBack.Testing;

namespace WinBack.IntegrationTests.EventPath;

/// <summary>One ingest worker in a process of its own (tests/WinBack.FaultWorker), to be killed, stopped and asked.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private const string Program = "WinBack.FaultWorker.dll";
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);
    private readonly ChildProcess _child;
    private volatile WorkerReport? _report;

    private WorkerProcess(string[] arguments) => _child = ChildProcess.Start(
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
        [Path.Combine(AppContext.BaseDirectory, Program), .. arguments],
        AppContext.BaseDirectory,
        line => _report = WorkerReport.Parse(line) ?? _report);

    /// <summary>The last one that it printed; null before the first.</summary>
    internal WorkerReport? Report => _report;

    internal bool IsRunning => _child.IsRunning;

    /// <summary>True after SIGSTOP: the state in /proc/pid/stat, after the name in parentheses, is T.</summary>
    internal bool IsStopped =>
        IsRunning && File.ReadAllText($"/proc/{_child.Id}/stat") is var stat && stat[stat.LastIndexOf(')') + 2] == 'T';

    internal int ExitCode => _child.ExitCode;

    internal string Output => _child.Output;

    internal static WorkerProcess Start(KafkaOptions kafka, string redis, FaultOptions fault) => new(
    [
        "--Kafka:BootstrapServers", kafka.BootstrapServers,
        "--Kafka:GroupId", kafka.GroupId,
        "--Kafka:SessionTimeout", $"{kafka.SessionTimeout}",
        "--Kafka:WatermarkCheck", $"{kafka.WatermarkCheck}",
        "--Kafka:MaxPollRecords", $"{kafka.MaxPollRecords}",
        "--Kafka:MaxChunkCustomers", $"{kafka.MaxChunkCustomers}",
        "--Kafka:MaxCachedStates", $"{kafka.MaxCachedStates}",
        "--Redis:Configuration", redis,
        "--Fault:Strike", $"{fault.Strike}",
        "--Fault:Stage", $"{fault.Stage}",
        "--Fault:After", $"{fault.After}",
        "--Fault:Mutant", $"{fault.Mutant}",
        .. kafka.Client.SelectMany(setting => (string[])[$"--Kafka:Client:{setting.Key}", setting.Value]),
    ]);

    internal void Pause() => _child.Pause();

    internal void Resume() => _child.Resume();

    /// <summary>SIGKILL from outside, at no particular point.</summary>
    internal void Kill() => _child.Kill();

    internal Task WaitForEndAsync(TimeSpan limit) => _child.WaitForEndAsync(new CancellationTokenSource(limit).Token);

    /// <summary>Asks the worker to end in order (SIGTERM); kills it when it does not.</summary>
    /// <returns>Its exit code: 0 when it ended in order.</returns>
    internal async Task<int> StopAsync()
    {
        // A process that has not come to its own code yet would end by the signal itself.
        await FaultRig.IsTrueWithinAsync(() => Report is not null || !IsRunning, FaultRig.Patience);
        _child.Terminate();
        try
        {
            await WaitForEndAsync(StopLimit);
        }
        catch (OperationCanceledException)
        {
            _child.Kill();
            await _child.WaitForEndAsync(CancellationToken.None);
        }

        return _child.ExitCode;
    }

    public void Dispose() => _child.Dispose();
}
