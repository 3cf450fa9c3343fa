using WinBack.Core.Events;
using WinBack.Core.State;

namespace WinBack.Core.Policy.Sequences;

/// <summary>A cart is spoken of only while it is left behind (rules A9).</summary>
internal static class CartRules
{
    /// <summary>When it was left behind; null when it is not.</summary>
    internal static DateTimeOffset? AbandonTime(CustomerState state) =>
        state.Facts.Number(Fact.CartStatus) == (long)CartStatus.Abandoned && state.Facts.TimeMs(Fact.CartStatus) is { } timeMs
            ? DateTimeOffset.FromUnixTimeMilliseconds(timeMs)
            : null;

    internal static void Judge(PolicyContext c, ActionReview review)
    {
        if (AbandonTime(c.State) is null)
            review.Reject(EligibilityStage.Sequence, "A9", "no cart left behind", "an abandoned cart");
    }
}
