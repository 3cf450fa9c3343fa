namespace WinBack.Core.Policy.Responses;

/// <summary>What became of the touches with one action in one segment. Whole numbers, so that sums do not depend on their order.</summary>
/// <param name="Sent">Touches sent.</param>
/// <param name="ExpectedPpm">Returns that the priors expected of them, in millionths.</param>
/// <param name="Returned">Touches after which the customer came back within the attribution window.</param>
/// <param name="Unsubscribed">Touches that cost the permission.</param>
public readonly record struct ResponseCounts(long Sent, long ExpectedPpm, long Returned, long Unsubscribed)
{
    private const double Million = 1_000_000;

    public double Expected => ExpectedPpm / Million;

    public static ResponseCounts operator +(ResponseCounts left, ResponseCounts right) => new(
        left.Sent + right.Sent, left.ExpectedPpm + right.ExpectedPpm, left.Returned + right.Returned,
        left.Unsubscribed + right.Unsubscribed);
}
