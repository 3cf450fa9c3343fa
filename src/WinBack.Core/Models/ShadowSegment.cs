using WinBack.Core.Events;

namespace WinBack.Core.Models;

/// <summary>Challenger against champion on a part of the requests.</summary>
/// <param name="Tier">Null for all of them.</param>
/// <param name="MeanDelta">Of challenger minus champion, in probability.</param>
/// <param name="MeanAbsoluteDelta">In probability.</param>
/// <param name="Disagreement">Share of the requests, 0 to 1, on which they are more than <see cref="ScoreComparison.Apart"/> apart.</param>
public sealed record ShadowSegment(ValueTier? Tier, long Requests, double MeanDelta, double MeanAbsoluteDelta, double Disagreement);
