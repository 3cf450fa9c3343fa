namespace NBomber.Contracts.Stats;

public sealed record ReportFile(string FilePath, ReportFormat ReportFormat, string ReportContent);
