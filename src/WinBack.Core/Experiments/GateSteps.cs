namespace WinBack.Core.Experiments;

/// <summary>The shares through which a rollout gate widens, in percent (rules E3).</summary>
public static class GateSteps
{
    public const int First = 1;
    public const int Last = 100;

    public static IReadOnlyList<int> All { get; } = [First, 5, 25, Last];

    /// <summary>The step after this one; the last stays.</summary>
    public static int After(int percent)
    {
        foreach (int step in All)
            if (step > percent) return step;
        return Last;
    }
}
