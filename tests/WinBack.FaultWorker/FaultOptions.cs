using WinBack.Adapters.Kafka;

namespace WinBack.FaultWorker;

/// <summary>Where and how a worker fails, e.g. <c>--Fault:Strike Kill --Fault:Stage BeforeCommit --Fault:After 3</c>.</summary>
internal sealed class FaultOptions
{
    public const string Section = "Fault";

    public Strike Strike { get; set; }

    public WorkerStage Stage { get; set; }

    /// <summary>The passing of the stage at which to strike, over all partitions; from 1.</summary>
    public int After { get; set; } = 1;

    public Mutant Mutant { get; set; }
}
