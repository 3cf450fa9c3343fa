using System.Text;
using WinBack.Core.Events;

namespace WinBack.Adapters.Wire;

/// <summary>winback.v1.CustomerEvent to the domain's event, with every limit that the proto states.</summary>
internal static class EventMapper
{
    internal const int MaxNameBytes = 64;
    private const int MaxReasonTextBytes = 500;
    private const long MaxAmountMicros = 9_000_000_000_000;
    private const long MaxCount = 1_000_000_000;
    private const long MaxDurationSeconds = 31_536_000;

    /// <returns>Null when the message is right; else what is wrong, naming the field and the fix.</returns>
    internal static string? ToCore(V1.CustomerEvent message, string currency, out CustomerEvent? e)
    {
        e = null;
        var check = new Check(currency);
        check.Id("event_id", message.EventId);
        check.Id("customer_id", message.CustomerId);
        check.Name("source", message.Source);
        DateTimeOffset eventTime = check.Time("event_time", message.EventTime);
        EventPayload payload = ToPayload(message, check);
        if (check.Wrong is null)
            e = new CustomerEvent(new EventId(message.EventId), new CustomerId(message.CustomerId), eventTime, message.Source, payload);
        return check.Wrong;
    }

    private static EventPayload ToPayload(V1.CustomerEvent message, Check check) => message.PayloadCase switch
    {
        V1.CustomerEvent.PayloadOneofCase.Usage => ToUsage(message.Usage, check),
        V1.CustomerEvent.PayloadOneofCase.Login => new LoginPayload(check.Name("login.device", message.Login.Device)),
        V1.CustomerEvent.PayloadOneofCase.Billing => ToBilling(message.Billing, check),
        V1.CustomerEvent.PayloadOneofCase.Lifecycle => ToLifecycle(message.Lifecycle, check),
        V1.CustomerEvent.PayloadOneofCase.Engagement => ToEngagement(message.Engagement, check),
        V1.CustomerEvent.PayloadOneofCase.Consent => ToConsent(message.Consent, check),
        V1.CustomerEvent.PayloadOneofCase.Profile => ToProfile(message.Profile, check),
        V1.CustomerEvent.PayloadOneofCase.Outcome => ToOutcome(message.Outcome, check),
        _ => UnknownPayload.Instance,
    };

    private static UsagePayload ToUsage(V1.UsageEvent usage, Check check)
    {
        check.Id("usage.feature", usage.Feature);
        return new UsagePayload(
            usage.Feature,
            Math.Max(1, check.Count("usage.quantity", usage.Quantity, MaxCount)),
            check.Count("usage.duration_seconds", usage.DurationSeconds, MaxDurationSeconds),
            check.Count("usage.error_count", usage.ErrorCount, MaxCount));
    }

    private static EventPayload ToBilling(V1.BillingEvent billing, Check check)
    {
        if (!check.IsKnown("billing.kind", billing.Kind)) return UnknownPayload.Instance;
        var kind = (BillingKind)billing.Kind;
        if (billing.Amount is null && kind != BillingKind.PlanChange)
            check.Fail("billing.amount is missing; set it (0 micros is allowed)");
        check.Name("billing.invoice_id", billing.InvoiceId);
        return new BillingPayload(
            kind,
            check.Amount("billing.amount", billing.Amount) ?? 0,
            check.Count("billing.item_count", billing.ItemCount, MaxCount),
            check.Name("billing.category", billing.Category),
            check.Name("billing.item_id", billing.ItemId),
            check.Name("billing.plan", billing.Plan),
            check.Amount("billing.plan_price_monthly", billing.PlanPriceMonthly));
    }

    private static EventPayload ToLifecycle(V1.LifecycleEvent lifecycle, Check check)
    {
        if (!check.IsKnown("lifecycle.kind", lifecycle.Kind)) return UnknownPayload.Instance;
        check.Text("lifecycle.reason_text", lifecycle.ReasonText, MaxReasonTextBytes);
        // A reason of a newer producer still is a cancellation: only the reason is not known.
        LapseReason reason = Enum.IsDefined(lifecycle.Reason) ? (LapseReason)lifecycle.Reason : LapseReason.Unknown;
        return new LifecyclePayload((LifecycleKind)lifecycle.Kind, reason, lifecycle.ReasonText);
    }

    private static EventPayload ToEngagement(V1.EngagementEvent engagement, Check check)
    {
        switch (engagement.KindCase)
        {
            case V1.EngagementEvent.KindOneofCase.Viewed:
                return new ViewedPayload(
                    check.Name("engagement.viewed.page", engagement.Viewed.Page),
                    check.Name("engagement.viewed.category", engagement.Viewed.Category));
            case V1.EngagementEvent.KindOneofCase.Cart:
                V1.EngagementEvent.Types.Cart cart = engagement.Cart;
                if (!check.IsKnown("engagement.cart.status", cart.Status)) return UnknownPayload.Instance;
                return new CartPayload(
                    (CartStatus)cart.Status,
                    check.Amount("engagement.cart.value", cart.Value) ?? 0,
                    check.Count("engagement.cart.item_count", cart.ItemCount, MaxCount));
            case V1.EngagementEvent.KindOneofCase.Loyalty:
                return new LoyaltyPayload(
                    check.Count("engagement.loyalty.balance_points", engagement.Loyalty.BalancePoints, long.MaxValue));
            case V1.EngagementEvent.KindOneofCase.SupportCase:
                V1.EngagementEvent.Types.SupportCase support = engagement.SupportCase;
                if (!check.IsKnown("engagement.support_case.status", support.Status)) return UnknownPayload.Instance;
                check.Name("engagement.support_case.case_id", support.CaseId);
                return new SupportCasePayload(
                    support.Status == V1.EngagementEvent.Types.SupportCase.Types.Status.Closed,
                    (int)check.Count("engagement.support_case.satisfaction", support.Satisfaction, 5));
            default:
                return UnknownPayload.Instance;
        }
    }

    private static EventPayload ToConsent(V1.ConsentEvent consent, Check check) =>
        check.IsKnown("consent.kind", consent.Kind) & check.IsKnown("consent.channel", consent.Channel)
            ? new ConsentPayload((Channel)consent.Channel, (ConsentKind)consent.Kind)
            : UnknownPayload.Instance;

    private static ProfilePayload ToProfile(V1.ProfileEvent profile, Check check) => new(
        profile.HasTimeZone ? check.Name("profile.time_zone", profile.TimeZone) : null,
        profile.HasLanguage ? check.Name("profile.language", profile.Language) : null,
        Enum.IsDefined(profile.ValueTier) ? (ValueTier)profile.ValueTier : ValueTier.None,
        profile.HasAccountOwner ? check.Name("profile.account_owner", profile.AccountOwner) : null,
        profile.HasCategory ? check.Name("profile.category", profile.Category) : null);

    private static EventPayload ToOutcome(V1.OutcomeEvent outcome, Check check)
    {
        check.Id("outcome.decision_id", outcome.DecisionId);
        if (!check.IsKnown("outcome.kind", outcome.Kind)) return UnknownPayload.Instance;
        // Passed over, it would leave a customer who unsubscribed with messages to come.
        if (outcome.Kind == V1.OutcomeEvent.Types.Kind.Unsubscribed) check.IsKnown("outcome.channel", outcome.Channel);
        Channel channel = Enum.IsDefined(outcome.Channel) ? (Channel)outcome.Channel : Channel.None;
        check.Text("outcome.reason_text", outcome.ReasonText, MaxReasonTextBytes);
        return new OutcomePayload(
            outcome.DecisionId, (OutcomeKind)outcome.Kind, channel, check.Amount("outcome.revenue", outcome.Revenue) ?? 0)
        {
            Reason = Enum.IsDefined(outcome.Reason) ? (LapseReason)outcome.Reason : LapseReason.Unknown,
            ReasonText = outcome.ReasonText,
        };
    }

    /// <summary>Keeps the first thing found wrong; the rest of the message is then of no use.</summary>
    private sealed class Check(string currency)
    {
        internal string? Wrong { get; private set; }

        internal void Fail(string wrong) => Wrong ??= wrong;

        internal void Id(string field, string value)
        {
            if (value.Length == 0) Fail($"{field} is missing; 1 to {MaxNameBytes} bytes are required");
            Text(field, value, MaxNameBytes);
        }

        internal string Name(string field, string value)
        {
            Text(field, value, MaxNameBytes);
            return value;
        }

        internal void Text(string field, string value, int maxBytes)
        {
            if (value.Length * 3 > maxBytes && Encoding.UTF8.GetByteCount(value) is var bytes && bytes > maxBytes)
                Fail($"{field} has {bytes} bytes; at most {maxBytes} are allowed");
        }

        internal long Count(string field, long value, long max)
        {
            if (value < 0 || value > max) Fail($"{field} is {value}; 0 to {max} is allowed");
            return value;
        }

        internal long? Amount(string field, V1.Money? money)
        {
            if (money is null) return null;
            if (money.CurrencyCode != currency)
                Fail($"{field}.currency_code is '{money.CurrencyCode}'; this fold counts {currency}: convert before producing");
            return Count($"{field}.amount_micros", money.AmountMicros, MaxAmountMicros);
        }

        internal DateTimeOffset Time(string field, Google.Protobuf.WellKnownTypes.Timestamp? time)
        {
            // Year 9999 is the largest that a Timestamp may hold; tiles count from 1970.
            if (time is { Seconds: >= 0 and <= 253_402_300_799, Nanos: >= 0 and <= 999_999_999 })
                return DateTimeOffset.FromUnixTimeMilliseconds((time.Seconds * 1000) + (time.Nanos / 1_000_000));
            Fail(time is null ? $"{field} is missing; set it (UTC)" : $"{field} is out of range; use a time from 1970 on");
            return default;
        }

        /// <summary>Unspecified is wrong; a number that this binary does not know is a newer producer's.</summary>
        internal bool IsKnown<T>(string field, T value)
            where T : struct, Enum
        {
            if (EqualityComparer<T>.Default.Equals(value, default)) Fail($"{field} is unspecified; set it");
            return Enum.IsDefined(value);
        }
    }
}
