namespace NBomber.Contracts;

/// <summary>What an iteration knows of its surroundings.</summary>
public interface IScenarioContext
{
    ScenarioInfo ScenarioInfo { get; }

    /// <summary>Which iteration of its copy this is, from 1.</summary>
    int InvocationNumber { get; }

    /// <summary>Kept from iteration to iteration of one copy.</summary>
    Dictionary<string, object> Data { get; }

    /// <summary>Cancelled when the scenario is stopped or its time to complete is over.</summary>
    CancellationToken ScenarioCancellationToken { get; }

    void StopScenario(string scenarioName, string reason);

    void StopCurrentTest(string reason);
}
