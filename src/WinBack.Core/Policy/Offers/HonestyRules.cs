using System.Globalization;

namespace WinBack.Core.Policy.Offers;

/// <summary>
/// What keeps offers true to their word: a date is fixed once sent, named twice and never moved (rules S5), one incentive
/// at a time (S6), and no code that is about to be refused (S7).
/// </summary>
internal static class HonestyRules
{
    internal static void Judge(OfferModel offer, PolicyContext c, ActionReview review)
    {
        if (offer.IsReminder)
        {
            DayBefore(offer, c, review);
            return;
        }

        IssuedOnce(offer, c, review);
        OneAtATime(c, review);
        Code(offer, c, review);
    }

    /// <summary>On the day before the last one, by the customer's calendar, and once.</summary>
    private static void DayBefore(OfferModel offer, PolicyContext c, ActionReview review)
    {
        if (c.Offers.Find(offer.Name) is not { } issued)
        {
            review.Reject(EligibilityStage.Offer, "S5", $"offer {offer.Name} was not sent", "sent before");
            return;
        }

        PeriodBounds last = c.Offers.DayOf(issued.EndTime.AddTicks(-1));
        DateTimeOffset opens = CapTime.ToTime(last.Before), closes = CapTime.ToTime(last.Start);
        review.ClosesAt(closes);
        if (c.AsOf < opens || c.AsOf >= closes)
            review.Reject(
                EligibilityStage.Offer, "S5", $"offer {offer.Name} ends {Text(issued.EndTime)}", "the day before its last",
                c.AsOf < opens ? opens : null);
    }

    private static void IssuedOnce(OfferModel offer, PolicyContext c, ActionReview review)
    {
        if (!offer.IsDated || c.Offers.Find(offer.Name) is not { } issued) return;
        string ended = issued.EndTime > c.AsOf ? "ends" : "ended";
        review.Reject(
            EligibilityStage.Offer, "S5", $"offer {offer.Name} was sent and {ended} {Text(issued.EndTime)}", "never sent before");
    }

    private static void OneAtATime(PolicyContext c, ActionReview review)
    {
        if (c.Offers.Live is { } live)
            review.Reject(
                EligibilityStage.Offer, "S6", $"offer {live.Name} can be used until {Text(live.EndTime)}", "no other incentive", live.EndTime);
    }

    /// <summary>The code must be good for as long as the customer is told that it is.</summary>
    private static void Code(OfferModel offer, PolicyContext c, ActionReview review)
    {
        if (offer.CodeEnd is not { } codeEnd) return;
        DateTimeOffset needed = offer.IsDated ? CapTime.ToTime(c.Offers.DayOf(codeEnd).Start) : codeEnd;
        review.ClosesAt(needed - offer.Lasts);
        if (c.AsOf + offer.Lasts >= needed)
            review.Reject(
                EligibilityStage.Offer, "S7", $"code {offer.Code} is refused from {Text(codeEnd)}",
                $"good until the offer ends, {Text(c.Offers.EndOf(offer))}");
    }

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
