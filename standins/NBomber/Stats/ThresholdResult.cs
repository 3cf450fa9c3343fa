namespace NBomber.Contracts.Stats;

public sealed record ThresholdResult(
    string ScenarioName, string StepName, string CheckExpression, string ExceptionMsg, int ErrorCount, bool IsFailed);
