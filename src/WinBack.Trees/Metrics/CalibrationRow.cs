namespace WinBack.Trees.Metrics;

/// <summary>One row of a <see cref="CalibrationTable"/>.</summary>
/// <param name="From">Lower bound of the probability range, included.</param>
/// <param name="To">Upper bound, excluded except in the last row.</param>
/// <param name="Weight">Rows (sum of weights) in the range.</param>
/// <param name="MeanProbability">What the model says on average; NaN for an empty range.</param>
/// <param name="ObservedRate">What happened; NaN for an empty range.</param>
public readonly record struct CalibrationRow(double From, double To, double Weight, double MeanProbability, double ObservedRate);
