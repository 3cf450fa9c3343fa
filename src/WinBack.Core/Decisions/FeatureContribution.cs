namespace WinBack.Core.Decisions;

/// <summary>What one feature adds to a raw score.</summary>
/// <param name="Feature">Position in the feature schema.</param>
/// <param name="Value">The value served, in the feature's unit; NaN when missing.</param>
/// <param name="Contribution">In raw-score units.</param>
public readonly record struct FeatureContribution(int Feature, float Value, double Contribution);
