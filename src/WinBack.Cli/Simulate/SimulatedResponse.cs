using WinBack.Core.Events;

namespace WinBack.Cli.Simulate;

/// <summary>
/// What a simulated customer does with a touch. The model: the touch multiplies the odds of a return by the action's
/// response_odds_ratio, taken to the power of the customer's propensity (between 0 and 2, even over customers, mean 1), so that the playbook's
/// priors are right on average and wrong for each; the return without a touch is the win-back score. What the touch adds is
/// drawn; returns that come anyway are those of the event file. All draws are hashes of seed, customer and time: the same input
/// gives the same simulation.
/// </summary>
internal readonly record struct SimulatedResponse(bool Returns, bool Unsubscribes)
{
    internal static SimulatedResponse Of(
        string seed, CustomerId customer, DateTimeOffset at, double returnAnyway, double oddsRatio, double unsubscribeProbability)
    {
        double propensity = 2 * Draw($"{seed}/propensity/{customer}");
        double ratio = Math.Pow(oddsRatio, propensity);
        double with = returnAnyway * ratio / (1 - returnAnyway + (returnAnyway * ratio));
        string touch = $"{seed}/{customer}/{at.ToUnixTimeMilliseconds()}";
        return new SimulatedResponse(Draw(touch + "/return") < with - returnAnyway, Draw(touch + "/leave") < unsubscribeProbability);
    }

    /// <summary>Even between 0 and 1.</summary>
    private static double Draw(string text) => (new EventId(text).Hash >> 11) * (1.0 / (1UL << 53));
}
