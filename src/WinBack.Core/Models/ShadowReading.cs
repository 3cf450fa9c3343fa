namespace WinBack.Core.Models;

/// <summary>How a challenger compares with the champion on the same requests.</summary>
/// <param name="RankCorrelation">Over the latest <see cref="ScoreComparison.Kept"/> requests.</param>
/// <param name="Segments">All requests, then by value tier those that there were.</param>
public sealed record ShadowReading(double RankCorrelation, IReadOnlyList<ShadowSegment> Segments);
