using System.Globalization;
using WinBack.Core.Events;

namespace WinBack.Core.Policy.Updates;

/// <summary>
/// Customers who left because the product did not fit hear nothing until an update cures that (rules L6), and messages about
/// an update go to those whom it concerns, while its return window is open (rules A6). That there is at most one a quarter is
/// a cap, which the validator asks for.
/// </summary>
internal static class UpdateRules
{
    private const string Needed = "a product update that addresses it";

    internal static void Judge(ActionModel action, PolicyContext c, ActionReview review)
    {
        if (c.Reason.Reason == LapseReason.ProductFit && c.Update.Current is null)
            review.Reject(EligibilityStage.Lapse, "L6", "left for product fit", Needed, c.Update.Next?.PublishTime);
        if (action.IsProductUpdate) Announce(c, review);
    }

    /// <summary>The first update to come opens the way only for whom no rule about the present stands in it.</summary>
    private static void Announce(PolicyContext c, ActionReview review)
    {
        if (c.Update.Current is not { } update)
        {
            review.Reject(
                EligibilityStage.Reason, "A6", $"left for {Names.Of(c.Reason.Reason)}, no update since", Needed, c.Update.Next?.PublishTime);
            return;
        }

        Close(c.Lapse.Since + c.Playbook.MaxSilence, "lost too long ago", c, review);
        Close(update.ReturnUntil, "return window over", c, review);
    }

    private static void Close(DateTimeOffset? end, string observed, PolicyContext c, ActionReview review)
    {
        if (end is not { } time) return;
        review.ClosesAt(time);
        if (c.AsOf >= time)
            review.Reject(
                EligibilityStage.Reason, "A6", observed,
                string.Create(CultureInfo.InvariantCulture, $"before {time.UtcDateTime:yyyy-MM-dd HH:mm} UTC"));
    }
}
