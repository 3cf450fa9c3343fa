using System.Runtime.CompilerServices;
using NBomber.Contracts.Stats;

namespace NBomber.Contracts;

/// <summary>A condition that the figures of a scenario must meet at the end.</summary>
public sealed class Threshold
{
    private Threshold(Func<ScenarioStats, bool> isMet, string expression)
    {
        IsMet = isMet;
        Expression = expression;
    }

    internal Func<ScenarioStats, bool> IsMet { get; }

    internal string Expression { get; }

    /// <param name="checkScenario">True when the condition is met.</param>
    public static Threshold Create(
        Func<ScenarioStats, bool> checkScenario, [CallerArgumentExpression(nameof(checkScenario))] string expression = "") =>
        new(checkScenario, expression);
}
