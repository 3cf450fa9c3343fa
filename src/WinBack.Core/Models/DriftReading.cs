namespace WinBack.Core.Models;

/// <summary>How far a feature, or the prediction, is from what the model was made from.</summary>
/// <param name="Name">Of the feature, or "prediction".</param>
/// <param name="Index">See <see cref="StabilityIndex"/>.</param>
/// <param name="Threshold">What the index may be.</param>
public readonly record struct DriftReading(string Name, double Index, double Threshold, long Observations)
{
    public bool IsDrifting => Index > Threshold;
}
