namespace WinBack.Core.Models;

/// <summary>What one model said when a decision was made.</summary>
/// <param name="Model">One of <see cref="ServedNames"/>.</param>
/// <param name="Version">As decisions record it.</param>
/// <param name="Probability">0 to 1.</param>
public readonly record struct ServedPrediction(string Model, string Version, double Probability);
