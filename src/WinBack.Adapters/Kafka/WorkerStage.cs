namespace WinBack.Adapters.Kafka;

/// <summary>The points of a chunk's life at which a crash test may strike.</summary>
internal enum WorkerStage
{
    BeforeDiverted,
    AfterDiverted,
    AfterCaps,
    BeforeCommit,
    AfterCommit,
}
