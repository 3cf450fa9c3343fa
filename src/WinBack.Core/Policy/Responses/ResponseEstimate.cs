namespace WinBack.Core.Policy.Responses;

/// <summary>What is believed of the response to one action in one segment.</summary>
/// <param name="Ratio">Returns after a touch, as a multiple of what the prior expects; 1 until outcomes teach otherwise.</param>
/// <param name="Strength">How many expected returns the belief stands on, those that stand for the prior included.</param>
/// <param name="UnsubscribeProbability">Of one touch.</param>
public readonly record struct ResponseEstimate(double Ratio, double Strength, double UnsubscribeProbability)
{
    /// <summary>Standard deviation of the logarithm of the ratio (of a gamma distribution of that shape, nearly).</summary>
    internal double Deviation => 1 / Math.Sqrt(Math.Max(1, Strength));
}
