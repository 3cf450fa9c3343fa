namespace WinBack.Core.Models;

/// <summary>What is thought of a rollout so far.</summary>
/// <param name="ScoreIndex">Stability index of the two arms' predictions.</param>
/// <param name="ScoreThreshold">What the index may be by chance.</param>
/// <param name="ScoreDistance">How far the predictions of one arm would have to be moved, on average, to be those of the other.</param>
/// <param name="Detail">In words with the figures; "" without a fault.</param>
public sealed record CanaryVerdict(CanaryFault Fault, double ScoreIndex, double ScoreThreshold, double ScoreDistance, string Detail)
{
    private const int LeastErrors = 5;
    private const double MostErrorShare = 0.01;
    private const int LeastRequests = 200;
    private const double MostLatencyRatio = 4;

    /// <summary>Below this a difference in time cannot be felt: a decision takes two round trips.</summary>
    private static readonly TimeSpan NoticeableLatency = TimeSpan.FromMicroseconds(100);

    /// <summary>
    /// In probability. Predictions of trees come in lumps, and a lump that moves by little changes its bin and with it the
    /// index by much: so being sure is not enough, it must also be far. A new model may well say something else; whoever
    /// means it to, can see that in the shadow first, and a rollout is for what is expected.
    /// </summary>
    private const double MostScoreDistance = 0.1;

    /// <summary>
    /// Judges a rollout by this node's own requests. The hash places customers by chance, so both arms see the same kind of
    /// customers and may be compared directly; at 100 % the champion's are those of the steps before.
    /// </summary>
    public static CanaryVerdict Of(ArmStatistics champion, ArmStatistics canary)
    {
        double index = StabilityIndex.Of(champion.Scores, canary.Scores);
        double threshold = StabilityIndex.Threshold(champion.Scores, canary.Scores, floor: 0);
        double distance = champion.ScoreDistance(canary);
        (CanaryFault fault, string detail) = FaultOf(champion, canary, index > threshold && distance > MostScoreDistance);
        return new CanaryVerdict(fault, index, threshold, distance, detail);
    }

    private static (CanaryFault Fault, string Detail) FaultOf(ArmStatistics champion, ArmStatistics canary, bool isApart)
    {
        if (canary.Errors >= LeastErrors && canary.Errors > MostErrorShare * canary.Requests)
            return (CanaryFault.Errors, $"scoring failed on {canary.Errors} of {canary.Requests} requests");
        if (canary.Requests < LeastRequests || champion.Requests < LeastRequests) return (CanaryFault.None, "");
        (TimeSpan slow, TimeSpan usual) = (canary.ScoringP90(), champion.ScoringP90());
        if (slow > NoticeableLatency && slow > MostLatencyRatio * usual)
        {
            return (CanaryFault.Latency, FormattableString.Invariant(
                $"nine in ten requests are scored within {slow.TotalMicroseconds:F0} us, {usual.TotalMicroseconds:F0} us by the champion"));
        }

        return !isApart ? (CanaryFault.None, "") : (CanaryFault.ScoreDrift, FormattableString.Invariant(
            $"predictions differ from the champion's: mean {canary.MeanPrediction:F3} against {champion.MeanPrediction:F3}"));
    }
}
