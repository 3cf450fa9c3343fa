namespace WinBack.Core.Models;

/// <summary>A version that a share of the customers gets instead of the champion.</summary>
/// <param name="Percent">1 to 100.</param>
/// <param name="Salt">Drawn for each rollout, so that it is not always the same customers who try what is new.</param>
public sealed record CanaryRollout(string Version, int Percent, string Salt)
{
    /// <summary>The shares of a rollout, in percent; it goes up one at a time.</summary>
    public static IReadOnlyList<int> Steps { get; } = [1, 5, 25, 100];

    /// <summary>The largest share that may follow; that of a new rollout after 0.</summary>
    public static int StepAfter(int percent)
    {
        foreach (int step in Steps)
            if (step > percent) return step;
        return Steps[^1];
    }
}
