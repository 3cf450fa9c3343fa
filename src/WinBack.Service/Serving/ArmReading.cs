using WinBack.Core.Models;

namespace WinBack.Service.Serving;

/// <summary>The figures of one arm of a rollout.</summary>
internal sealed record ArmReading(long Requests, long Errors, TimeSpan ScoringP90, double MeanPrediction)
{
    internal static ArmReading Of(ArmStatistics arm) => new(arm.Requests, arm.Errors, arm.ScoringP90(), arm.MeanPrediction);
}
