namespace NBomber.Contracts;

/// <summary>What the start and the end of a scenario know of their surroundings.</summary>
public interface IScenarioInitContext
{
    ScenarioInfo ScenarioInfo { get; }
}
