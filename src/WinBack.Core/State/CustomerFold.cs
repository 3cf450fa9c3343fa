using WinBack.Core.Events;

namespace WinBack.Core.State;

/// <summary>
/// Adds one event to a customer's state. Integer sums, minima, maxima and totally ordered registers only, so that the
/// result depends on the set of events and not on their order; tests hold it against a naive oracle.
/// Activity is what a customer does of its own will: login, use, purchase, view, cart, opening a support case,
/// clicking or replying, reactivation. A recurring payment is none: it goes on after the customer has lost interest.
/// </summary>
internal static class CustomerFold
{
    /// <param name="state">Not erased; the event is no duplicate, and late only if <see cref="IsIdempotent"/>.</param>
    internal static void Apply(CustomerState state, CustomerEvent e)
    {
        long timeMs = e.EventTime.ToUnixTimeMilliseconds();
        if (e.Payload is LifecyclePayload { Kind: LifecycleKind.Erased })
        {
            state.Erase();
            return;
        }

        state.Touch(timeMs);
        var at = new Writer(state, timeMs, (uint)(e.Id.Hash >> 32));
        switch (e.Payload)
        {
            case UsagePayload usage: at.Usage(usage); break;
            case LoginPayload: at.Login(); break;
            case BillingPayload billing: at.Billing(billing); break;
            case LifecyclePayload lifecycle: at.Lifecycle(lifecycle); break;
            case ViewedPayload viewed: at.Viewed(viewed); break;
            case CartPayload cart: at.Cart(cart); break;
            case LoyaltyPayload loyalty: at.Number(Fact.LoyaltyPoints, loyalty.BalancePoints); break;
            case SupportCasePayload support: at.Support(support); break;
            case ConsentPayload consent: at.Permission(consent.Channel, consent.Kind); break;
            case ProfilePayload profile: at.Profile(profile); break;
            case OutcomePayload outcome: at.Outcome(outcome); break;
            default: throw new InvalidOperationException($"no fold for {e.Payload.GetType().Name}");
        }
    }

    /// <summary>
    /// Whether an event may be folded any number of times, so that its id need not be known: erasure and permission only
    /// set registers. A late one takes effect all the same, by its own event time.
    /// </summary>
    internal static bool IsIdempotent(EventPayload payload) =>
        payload is ConsentPayload or LifecyclePayload { Kind: LifecycleKind.Erased } or OutcomePayload { Kind: OutcomeKind.Unsubscribed };

    private readonly struct Writer(CustomerState state, long timeMs, uint tie)
    {
        internal void Usage(UsagePayload usage)
        {
            Activity(Instant.LastUse);
            Count(TileCounter.Uses, usage.Quantity);
            Count(TileCounter.UsageSeconds, usage.DurationSeconds);
            Count(TileCounter.UsageErrors, usage.ErrorCount);
            state.FeatureUses.Add(usage.Feature, usage.Quantity, timeMs);
        }

        internal void Login()
        {
            Activity(Instant.LastLogin);
            Latest(Instant.LastReengaged);
            Count(TileCounter.Logins, 1);
        }

        internal void Billing(BillingPayload billing)
        {
            switch (billing.Kind)
            {
                case BillingKind.Payment:
                    Latest(Instant.LastPayment);
                    Count(TileCounter.Payments, 1);
                    Count(TileCounter.PaymentMicros, billing.AmountMicros);
                    break;
                case BillingKind.Purchase:
                    Purchase(billing);
                    break;
                case BillingKind.Refund:
                    Latest(Instant.LastRefund);
                    Count(TileCounter.Refunds, 1);
                    Count(TileCounter.RefundMicros, billing.AmountMicros);
                    break;
                case BillingKind.FailedPayment:
                    Latest(Instant.LastFailedPayment);
                    Count(TileCounter.FailedPayments, 1);
                    break;
            }

            Text(Fact.Plan, billing.Plan);
            if (billing.PlanPriceMicros is { } price) Number(Fact.PlanPriceMicros, price);
        }

        internal void Lifecycle(LifecyclePayload lifecycle)
        {
            Number(Fact.Lifecycle, (long)lifecycle.Kind);
            switch (lifecycle.Kind)
            {
                case LifecycleKind.SignedUp: state.Instants.Earliest(Instant.SignedUp, timeMs); break;
                case LifecycleKind.TrialStarted: Latest(Instant.TrialStarted); break;
                case LifecycleKind.Cancelled:
                    Latest(Instant.LastCancelled);
                    Number(Fact.CancelReason, (long)lifecycle.Reason);
                    Write(Fact.CancelReasonText, 0, lifecycle.ReasonText);
                    break;
                case LifecycleKind.Reactivated:
                    Activity(Instant.LastReactivated);
                    Latest(Instant.LastReengaged);
                    break;
            }
        }

        internal void Viewed(ViewedPayload viewed)
        {
            Activity(Instant.LastView);
            Count(TileCounter.Views, 1);
            Text(Fact.LastPageViewed, viewed.Page);
            Text(Fact.LastCategoryViewed, viewed.Category);
        }

        internal void Cart(CartPayload cart)
        {
            // An abandoned cart is noted by the shop's clock, not by the customer's hand.
            if (cart.Status != CartStatus.Abandoned) Activity(Instant.LastCart);
            Count(cart.Status == CartStatus.Abandoned ? TileCounter.CartAbandons : TileCounter.CartUpdates, 1);
            Number(Fact.CartStatus, (long)cart.Status);
            Number(Fact.CartValueMicros, cart.ValueMicros);
            Number(Fact.CartItems, cart.ItemCount);
        }

        internal void Support(SupportCasePayload support)
        {
            if (!support.IsClosed)
            {
                Activity(Instant.LastSupportOpened);
                Count(TileCounter.SupportOpened, 1);
                return;
            }

            Latest(Instant.LastSupportClosed);
            Count(TileCounter.SupportClosed, 1);
            if (support.Satisfaction > 0) Number(Fact.LastSatisfaction, support.Satisfaction);
        }

        internal void Permission(Channel channel, ConsentKind kind)
        {
            (Fact fact, long value) = kind switch
            {
                ConsentKind.Granted => (Fact.ConsentBase, (long)Consent.Granted),
                ConsentKind.Withdrawn or ConsentKind.Complaint => (Fact.ConsentBase, (long)Consent.Withdrawn),
                ConsentKind.AddressReachable => (Fact.AddressBase, (long)AddressStatus.Reachable),
                _ => (Fact.AddressBase, (long)AddressStatus.Bounced),
            };
            Number(fact + (int)channel, value);
        }

        internal void Profile(ProfilePayload profile)
        {
            Text(Fact.TimeZone, profile.TimeZone);
            Text(Fact.Language, profile.Language);
            Text(Fact.AccountOwner, profile.AccountOwner);
            Text(Fact.Category, profile.Category);
            if (profile.ValueTier != ValueTier.None) Number(Fact.ValueTier, (long)profile.ValueTier);
        }

        internal void Outcome(OutcomePayload outcome)
        {
            switch (outcome.Kind)
            {
                case OutcomeKind.Sent: Latest(Instant.LastSent); Count(TileCounter.Sent, 1); break;
                case OutcomeKind.Opened: Latest(Instant.LastResponse); Count(TileCounter.Opened, 1); break;
                case OutcomeKind.Clicked: Activity(Instant.LastResponse); Count(TileCounter.Clicked, 1); break;
                case OutcomeKind.Replied: Replied(outcome); break;
                case OutcomeKind.Converted:
                    Count(TileCounter.Converted, 1);
                    Count(TileCounter.ConvertedMicros, outcome.RevenueMicros);
                    break;
                case OutcomeKind.Declined: Count(TileCounter.Declined, 1); break;
                case OutcomeKind.Unsubscribed:
                    if (outcome.Channel != Channel.None) Permission(outcome.Channel, ConsentKind.Withdrawn);
                    break;
            }
        }

        /// <summary>The two of an answer are written together, so that the words of one never stand beside the code of another.</summary>
        private void Replied(OutcomePayload reply)
        {
            Activity(Instant.LastResponse);
            if (reply.Reason == LapseReason.None && reply.ReasonText.Length == 0) return;
            Number(Fact.AnswerReason, (long)reply.Reason);
            Write(Fact.AnswerText, 0, reply.ReasonText);
        }

        internal void Number(Fact fact, long value) => Write(fact, value, null);

        /// <summary>Empty text says nothing, so it does not overwrite.</summary>
        private void Text(Fact fact, string? value)
        {
            if (!string.IsNullOrEmpty(value)) Write(fact, 0, value);
        }

        private void Write(Fact fact, long number, string? text) =>
            state.Facts.Write(new FactRegister(fact, timeMs, tie, number, text));

        private void Purchase(BillingPayload purchase)
        {
            Activity(Instant.LastPurchase);
            state.Instants.Earliest(Instant.FirstPurchase, timeMs);
            Latest(Instant.LastReengaged);
            Count(TileCounter.Purchases, 1);
            Count(TileCounter.PurchaseMicros, purchase.AmountMicros);
            Count(TileCounter.ItemsBought, purchase.ItemCount);
            Text(Fact.LastCategoryBought, purchase.Category);
            Text(Fact.LastItemBought, purchase.ItemId);
        }

        private void Activity(Instant instant)
        {
            Latest(instant);
            Latest(Instant.LastActivity);
        }

        private void Latest(Instant instant) => state.Instants.Latest(instant, timeMs);

        private void Count(TileCounter counter, long amount) => state.Count(counter, amount, timeMs);
    }
}
