using WinBack.Core.Policy.Offers;
using WinBack.Core.Policy.Sequences;

namespace WinBack.Core.Policy;

/// <summary>What keeps an offer honest and affordable (rules S2, S5 to S7, V2).</summary>
internal static class OfferRules
{
    private const double MonthsPerYear = 12;

    internal static void Judge(ActionModel action, PolicyContext c, ActionReview review)
    {
        if (action.Offer is not { } offer) return;
        if (offer.IsDiscount) NeverTheOpener(action, c, review);
        Payback(offer, c, review);
        HonestyRules.Judge(offer, c, review);
    }

    private static void NeverTheOpener(ActionModel action, PolicyContext c, ActionReview review)
    {
        int needed = c.Playbook.Sequence.DiscountFromTouch - 1;
        SequenceRun? run = action.Step is { } place ? c.History.RunOf(place) : null;
        int sent = action.Step is null ? c.SequenceTouches.Count : run?.TouchCount ?? 0;
        if (sent < needed)
        {
            review.Reject(
                EligibilityStage.Offer, "S2", $"a discount as touch {sent + 1}", $"touch {needed + 1} or later");
            return;
        }

        // In the next sequence the discount would be an opener again.
        review.ClosesAt(run?.EndTime ?? c.SequenceEnd);
    }

    private static void Payback(OfferModel offer, PolicyContext c, ActionReview review)
    {
        double months = offer.CostFor(c.Value.Order) / (c.Value.Yearly / MonthsPerYear);
        if (months > c.Playbook.Value.MaxPaybackMonths)
            review.Reject(
                EligibilityStage.Offer, "V2", $"pays back in {Words.Number(months)} months",
                $"at most {Words.Number(c.Playbook.Value.MaxPaybackMonths)} months");
    }
}
