using System.Diagnostics;
using System.Runtime.InteropServices;
using WinBack.Adapters.Kafka;

namespace WinBack.FaultWorker;

/// <summary>Strikes this process itself when it passes a stage for the n-th time: exactly there, and not some time near it.</summary>
internal sealed partial class FaultPoint(FaultOptions options)
{
    private const int SigKill = 9;
    private const int SigStop = 19;
    private int _passed;

    internal void AtStage(WorkerStage stage)
    {
        if (options.Strike == Strike.None || stage != options.Stage) return;
        if (Interlocked.Increment(ref _passed) != options.After) return;
        if (SendSignal(Environment.ProcessId, options.Strike == Strike.Kill ? SigKill : SigStop) != 0)
            throw new UnreachableException($"signal to itself refused, errno {Marshal.GetLastPInvokeError()}");
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int processId, int signal);
}
