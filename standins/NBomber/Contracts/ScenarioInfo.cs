namespace NBomber.Contracts;

/// <summary>Which scenario and which copy of it an iteration belongs to.</summary>
public sealed record ScenarioInfo
{
    /// <summary>Names a copy of a scenario.</summary>
    public string ThreadId => $"{ScenarioName}_{ThreadNumber}";

    public required int ThreadNumber { get; init; }

    public required string ScenarioName { get; init; }

    public required TimeSpan ScenarioDuration { get; init; }

    public required ScenarioOperation ScenarioOperation { get; init; }
}
