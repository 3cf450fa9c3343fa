using WinBack.Core.State;
using static WinBack.Testing.Oracles.NaiveEffect;

namespace WinBack.Testing.Oracles;

/// <summary>What every kind of event does, as a plain list.</summary>
internal static class NaiveEffects
{
    internal static IEnumerable<NaiveEffect> Of(V1.CustomerEvent e)
    {
        IEnumerable<NaiveEffect> own = e.PayloadCase switch
        {
            V1.CustomerEvent.PayloadOneofCase.Usage => OfUsage(e.Usage),
            V1.CustomerEvent.PayloadOneofCase.Login =>
            [
                new Moment(Instant.LastLogin), new Moment(Instant.LastActivity), new Moment(Instant.LastReengaged),
                new Amount(TileCounter.Logins, 1),
            ],
            V1.CustomerEvent.PayloadOneofCase.Billing => OfBilling(e.Billing),
            V1.CustomerEvent.PayloadOneofCase.Lifecycle => OfLifecycle(e.Lifecycle),
            V1.CustomerEvent.PayloadOneofCase.Engagement => OfEngagement(e.Engagement),
            V1.CustomerEvent.PayloadOneofCase.Consent => [OfConsent(e.Consent)],
            V1.CustomerEvent.PayloadOneofCase.Profile => OfProfile(e.Profile),
            V1.CustomerEvent.PayloadOneofCase.Outcome => OfOutcome(e.Outcome),
            _ => throw new InvalidOperationException($"{e.PayloadCase} is not known"),
        };
        return own.Append(new Moment(Instant.FirstEvent, IsFirst: true)).Append(new Moment(Instant.LastEvent));
    }

    private static IEnumerable<NaiveEffect> OfUsage(V1.UsageEvent usage)
    {
        long quantity = usage.Quantity == 0 ? 1 : usage.Quantity;
        return
        [
            new Moment(Instant.LastUse), new Moment(Instant.LastActivity),
            new Amount(TileCounter.Uses, quantity), new Amount(TileCounter.UsageSeconds, usage.DurationSeconds),
            new Amount(TileCounter.UsageErrors, usage.ErrorCount), new Use(usage.Feature, quantity),
        ];
    }

    private static IEnumerable<NaiveEffect> OfBilling(V1.BillingEvent billing)
    {
        long micros = billing.Amount?.AmountMicros ?? 0;
        IEnumerable<NaiveEffect> own = billing.Kind switch
        {
            V1.BillingEvent.Types.Kind.Payment =>
                [new Moment(Instant.LastPayment), new Amount(TileCounter.Payments, 1), new Amount(TileCounter.PaymentMicros, micros)],
            V1.BillingEvent.Types.Kind.Purchase =>
            [
                new Moment(Instant.FirstPurchase, IsFirst: true), new Moment(Instant.LastPurchase), new Moment(Instant.LastActivity),
                new Moment(Instant.LastReengaged),
                new Amount(TileCounter.Purchases, 1), new Amount(TileCounter.PurchaseMicros, micros),
                new Amount(TileCounter.ItemsBought, billing.ItemCount),
                .. Texts((Fact.LastCategoryBought, billing.Category), (Fact.LastItemBought, billing.ItemId)),
            ],
            V1.BillingEvent.Types.Kind.Refund =>
                [new Moment(Instant.LastRefund), new Amount(TileCounter.Refunds, 1), new Amount(TileCounter.RefundMicros, micros)],
            V1.BillingEvent.Types.Kind.FailedPayment =>
                [new Moment(Instant.LastFailedPayment), new Amount(TileCounter.FailedPayments, 1)],
            _ => [],
        };
        IEnumerable<NaiveEffect> price = billing.PlanPriceMonthly is { } money ? [new Known(Fact.PlanPriceMicros, money.AmountMicros)] : [];
        return own.Concat(price).Concat(Texts((Fact.Plan, billing.Plan)));
    }

    private static IEnumerable<NaiveEffect> OfLifecycle(V1.LifecycleEvent lifecycle)
    {
        // A reason that a newer producer knows is Unknown (6).
        long reason = (int)lifecycle.Reason <= 6 ? (long)lifecycle.Reason : 6;
        IEnumerable<NaiveEffect> own = lifecycle.Kind switch
        {
            V1.LifecycleEvent.Types.Kind.SignedUp => [new Moment(Instant.SignedUp, IsFirst: true)],
            V1.LifecycleEvent.Types.Kind.TrialStarted => [new Moment(Instant.TrialStarted)],
            V1.LifecycleEvent.Types.Kind.Cancelled =>
            [
                new Moment(Instant.LastCancelled), new Known(Fact.CancelReason, reason),
                new Known(Fact.CancelReasonText, 0, lifecycle.ReasonText),
            ],
            _ => [new Moment(Instant.LastReactivated), new Moment(Instant.LastActivity), new Moment(Instant.LastReengaged)],
        };
        return own.Append(new Known(Fact.Lifecycle, (long)lifecycle.Kind));
    }

    private static IEnumerable<NaiveEffect> OfEngagement(V1.EngagementEvent engagement)
    {
        switch (engagement.KindCase)
        {
            case V1.EngagementEvent.KindOneofCase.Viewed:
                return
                [
                    new Moment(Instant.LastView), new Moment(Instant.LastActivity), new Amount(TileCounter.Views, 1),
                    .. Texts((Fact.LastPageViewed, engagement.Viewed.Page), (Fact.LastCategoryViewed, engagement.Viewed.Category)),
                ];
            case V1.EngagementEvent.KindOneofCase.Cart:
                bool abandoned = engagement.Cart.Status == V1.EngagementEvent.Types.Cart.Types.Status.Abandoned;
                IEnumerable<NaiveEffect> touched = abandoned ? [] : [new Moment(Instant.LastCart), new Moment(Instant.LastActivity)];
                return
                [
                    .. touched, new Amount(abandoned ? TileCounter.CartAbandons : TileCounter.CartUpdates, 1),
                    new Known(Fact.CartStatus, (long)engagement.Cart.Status),
                    new Known(Fact.CartValueMicros, engagement.Cart.Value?.AmountMicros ?? 0),
                    new Known(Fact.CartItems, engagement.Cart.ItemCount),
                ];
            case V1.EngagementEvent.KindOneofCase.Loyalty:
                return [new Known(Fact.LoyaltyPoints, engagement.Loyalty.BalancePoints)];
            default:
                return OfSupport(engagement.SupportCase);
        }
    }

    private static IEnumerable<NaiveEffect> OfSupport(V1.EngagementEvent.Types.SupportCase support)
    {
        if (support.Status == V1.EngagementEvent.Types.SupportCase.Types.Status.Opened)
            return [new Moment(Instant.LastSupportOpened), new Moment(Instant.LastActivity), new Amount(TileCounter.SupportOpened, 1)];
        IEnumerable<NaiveEffect> asked = support.Satisfaction == 0 ? [] : [new Known(Fact.LastSatisfaction, support.Satisfaction)];
        return [new Moment(Instant.LastSupportClosed), new Amount(TileCounter.SupportClosed, 1), .. asked];
    }

    private static Known OfConsent(V1.ConsentEvent consent) => consent.Kind switch
    {
        V1.ConsentEvent.Types.Kind.Granted => new Known(Fact.ConsentBase + (int)consent.Channel, 1),
        V1.ConsentEvent.Types.Kind.Withdrawn or V1.ConsentEvent.Types.Kind.Complaint =>
            new Known(Fact.ConsentBase + (int)consent.Channel, 2),
        V1.ConsentEvent.Types.Kind.AddressReachable => new Known(Fact.AddressBase + (int)consent.Channel, 1),
        _ => new Known(Fact.AddressBase + (int)consent.Channel, 2),
    };

    private static IEnumerable<NaiveEffect> OfProfile(V1.ProfileEvent profile)
    {
        IEnumerable<NaiveEffect> tier = (int)profile.ValueTier is > 0 and <= 3 ? [new Known(Fact.ValueTier, (long)profile.ValueTier)] : [];
        return Texts(
            (Fact.TimeZone, profile.TimeZone), (Fact.Language, profile.Language), (Fact.AccountOwner, profile.AccountOwner),
            (Fact.Category, profile.Category)).Concat(tier);
    }

    private static IEnumerable<NaiveEffect> OfOutcome(V1.OutcomeEvent outcome) => outcome.Kind switch
    {
        V1.OutcomeEvent.Types.Kind.Sent => [new Moment(Instant.LastSent), new Amount(TileCounter.Sent, 1)],
        V1.OutcomeEvent.Types.Kind.Opened => [new Moment(Instant.LastResponse), new Amount(TileCounter.Opened, 1)],
        V1.OutcomeEvent.Types.Kind.Clicked =>
            [new Moment(Instant.LastResponse), new Moment(Instant.LastActivity), new Amount(TileCounter.Clicked, 1)],
        V1.OutcomeEvent.Types.Kind.Replied => OfReply(outcome),
        V1.OutcomeEvent.Types.Kind.Converted =>
            [new Amount(TileCounter.Converted, 1), new Amount(TileCounter.ConvertedMicros, outcome.Revenue?.AmountMicros ?? 0)],
        V1.OutcomeEvent.Types.Kind.Declined => [new Amount(TileCounter.Declined, 1)],
        V1.OutcomeEvent.Types.Kind.Unsubscribed when (int)outcome.Channel is > 0 and <= 8 =>
            [new Known(Fact.ConsentBase + (int)outcome.Channel, 2)],
        _ => [],
    };

    private static IEnumerable<NaiveEffect> OfReply(V1.OutcomeEvent reply)
    {
        yield return new Moment(Instant.LastResponse);
        yield return new Moment(Instant.LastActivity);
        if (reply.Reason == V1.LapseReason.Unspecified && reply.ReasonText == "") yield break;
        yield return new Known(Fact.AnswerReason, (int)reply.Reason is >= 0 and <= 6 ? (long)reply.Reason : 6);
        yield return new Known(Fact.AnswerText, 0, reply.ReasonText);
    }

    /// <summary>Text that is not empty; empty text says nothing.</summary>
    private static IEnumerable<NaiveEffect> Texts(params (Fact Fact, string Text)[] texts) =>
        texts.Where(t => t.Text.Length > 0).Select(t => new Known(t.Fact, 0, t.Text));
}
