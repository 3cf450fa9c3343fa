namespace NBomber.Contracts.Stats;

/// <summary>The figures of a whole run.</summary>
public sealed record NodeStats(
    ScenarioStats[] ScenarioStats,
    ThresholdResult[] Thresholds,
    TestInfo TestInfo,
    int AllRequestCount,
    int AllOkCount,
    int AllFailCount,
    long AllBytes,
    TimeSpan Duration,
    ReportFile[] ReportFiles);
