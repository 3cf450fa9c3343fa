namespace WinBack.Core.Experiments;

/// <summary>What is known of a difference of two rates, treatment minus control; -1 to 1.</summary>
public readonly record struct ConfidenceBounds(double Estimate, double Lower, double Upper)
{
    /// <summary>Nothing is known.</summary>
    public static ConfidenceBounds Unknown { get; } = new(0, -1, 1);
}
