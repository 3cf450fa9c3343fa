using Perfolizer.Horology;

namespace WinBack.Bench;

/// <summary>
/// Processor time of this process, user and system, instead of wall time: on a shared machine an operation takes as long as its
/// neighbours let it, and costs the same. Waiting for another process costs nothing by this clock.
/// </summary>
internal sealed class ProcessorClock : IClock
{
    public string Title => "Processor";

    public bool IsAvailable => true;

    public Frequency Frequency { get; } = new(TimeSpan.TicksPerSecond);

    public long GetTimestamp() => Environment.CpuUsage.TotalTime.Ticks;
}
