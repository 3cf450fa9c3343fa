namespace NBomber.Contracts.Stats;

public sealed record StepStats(string StepName, MeasurementStats Ok, MeasurementStats Fail, int SortIndex);
