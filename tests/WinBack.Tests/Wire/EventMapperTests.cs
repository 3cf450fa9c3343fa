using Google.Protobuf.WellKnownTypes;
using WinBack.Core.Events;
using BillingKindV1 = WinBack.V1.BillingEvent.Types.Kind;
using CartV1 = WinBack.V1.EngagementEvent.Types.Cart;
using ConsentKindV1 = WinBack.V1.ConsentEvent.Types.Kind;
using LifecycleKindV1 = WinBack.V1.LifecycleEvent.Types.Kind;
using OutcomeKindV1 = WinBack.V1.OutcomeEvent.Types.Kind;
using SupportCaseV1 = WinBack.V1.EngagementEvent.Types.SupportCase;

namespace WinBack.Tests.Wire;

/// <summary>Every limit that events.proto states.</summary>
public sealed class EventMapperTests
{
    private static readonly string Long64 = new('x', 64);
    private static readonly string Long65 = new('x', 65);

    [Theory]
    [InlineData("event_id")]
    [InlineData("customer_id")]
    public void Rejects_MissingId(string field) => AssertRejected(SetId(field, ""), field, "1 to 64 bytes");

    [Theory]
    [InlineData("event_id")]
    [InlineData("customer_id")]
    public void Rejects_IdOver64Bytes(string field) => AssertRejected(SetId(field, Long65), field, "at most 64");

    [Theory]
    [InlineData("event_id")]
    [InlineData("customer_id")]
    public void Rejects_IdOver64BytesInFewerCharacters(string field) =>
        AssertRejected(SetId(field, new string('ü', 33)), field, "66 bytes");

    [Theory]
    [InlineData("event_id")]
    [InlineData("customer_id")]
    public void Accepts_IdOf64Bytes(string field)
    {
        AssertAccepted(SetId(field, Long64));
        AssertAccepted(SetId(field, new string('ü', 32)));
        AssertAccepted(SetId(field, "客户🎁"));
    }

    [Fact]
    public void Rejects_SourceOver64Bytes() => AssertRejected(Messages.With(e => e.Source = Long65), "source", "at most 64");

    [Fact]
    public void Rejects_MissingEventTime() => AssertRejected(Messages.With(e => e.EventTime = null), "event_time", "missing");

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, -1)]
    [InlineData(0, 1_000_000_000)]
    [InlineData(253_402_300_800, 0)]
    [InlineData(long.MaxValue, 0)]
    [InlineData(long.MinValue, 0)]
    public void Rejects_EventTimeOutOfRange(long seconds, int nanos) =>
        AssertRejected(
            Messages.With(e => e.EventTime = new Timestamp { Seconds = seconds, Nanos = nanos }), "event_time", "from 1970 on");

    [Fact]
    public void Accepts_EventTimesFrom1970To9999_ToTheMillisecond()
    {
        Assert.Equal(DateTimeOffset.UnixEpoch, Accepted(Messages.With(e => e.EventTime = new Timestamp())).EventTime);
        CustomerEvent last = Accepted(
            Messages.With(e => e.EventTime = new Timestamp { Seconds = 253_402_300_799, Nanos = 999_999_999 }));
        Assert.Equal(253_402_300_799_999, last.EventTime.ToUnixTimeMilliseconds());
    }

    [Fact]
    public void Rejects_UsageWithoutFeature() => AssertRejected(Usage(u => u.Feature = ""), "usage.feature", "1 to 64 bytes");

    [Fact]
    public void Rejects_UsageFeatureOver64Bytes() =>
        AssertRejected(Usage(u => u.Feature = Long65), "usage.feature", "at most 64");

    [Theory]
    [InlineData(-1)]
    [InlineData(1_000_000_001)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void Rejects_UsageQuantityOutOfRange(long quantity) =>
        AssertRejected(Usage(u => u.Quantity = quantity), "usage.quantity", "0 to 1000000000");

    [Theory]
    [InlineData(-1)]
    [InlineData(31_536_001)]
    public void Rejects_UsageDurationOutOfRange(long seconds) =>
        AssertRejected(Usage(u => u.DurationSeconds = seconds), "usage.duration_seconds", "0 to 31536000");

    [Theory]
    [InlineData(-1)]
    [InlineData(1_000_000_001)]
    public void Rejects_UsageErrorCountOutOfRange(long count) =>
        AssertRejected(Usage(u => u.ErrorCount = count), "usage.error_count", "0 to");

    [Fact]
    public void Accepts_UsageAtItsLimits_AndReadsNoQuantityAsOne()
    {
        var limits = new V1.UsageEvent
        {
            Feature = Long64, Quantity = 1_000_000_000, DurationSeconds = 31_536_000, ErrorCount = 1_000_000_000,
        };
        Assert.Equal(new UsagePayload(Long64, 1_000_000_000, 31_536_000, 1_000_000_000), Payload(e => e.Usage = limits));
        Assert.Equal(new UsagePayload("f", 1, 0, 0), Payload(e => e.Usage = new V1.UsageEvent { Feature = "f" }));
    }

    [Fact]
    public void Rejects_LoginDeviceOver64Bytes() =>
        AssertRejected(Messages.With(e => e.Login = new V1.LoginEvent { Device = Long65 }), "login.device", "at most 64");

    [Fact]
    public void Rejects_BillingKindUnspecified() => AssertRejected(Billing(b => b.Kind = 0), "billing.kind", "set it");

    [Theory]
    [InlineData(BillingKindV1.Payment)]
    [InlineData(BillingKindV1.Purchase)]
    [InlineData(BillingKindV1.Refund)]
    [InlineData(BillingKindV1.FailedPayment)]
    public void Rejects_BillingWithoutAmount(BillingKindV1 kind) =>
        AssertRejected(Billing(b => (b.Kind, b.Amount) = (kind, null)), "billing.amount", "set it");

    [Fact]
    public void Accepts_PlanChangeWithoutAmount()
    {
        var change = new V1.BillingEvent { Kind = BillingKindV1.PlanChange, Plan = "pro", PlanPriceMonthly = Messages.Money() };
        Assert.Equal(
            new BillingPayload(BillingKind.PlanChange, 0, 0, "", "", "pro", 1_000_000), Payload(e => e.Billing = change));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(9_000_000_000_001)]
    [InlineData(long.MinValue)]
    public void Rejects_AmountOutOfRange(long micros) =>
        AssertRejected(Billing(b => b.Amount.AmountMicros = micros), "billing.amount.amount_micros", "0 to 9000000000000");

    [Theory]
    [InlineData("")]
    [InlineData("EUR")]
    [InlineData("gbp")]
    public void Rejects_OtherCurrency(string currency) =>
        AssertRejected(Billing(b => b.Amount.CurrencyCode = currency), "billing.amount.currency_code", "convert", "GBP");

    [Fact]
    public void Accepts_AmountsAtTheirLimits()
    {
        Assert.Equal(0, Assert.IsType<BillingPayload>(Accepted(Messages.Purchase(0)).Payload).AmountMicros);
        Assert.Equal(9_000_000_000_000, Assert.IsType<BillingPayload>(Accepted(Messages.Purchase(9_000_000_000_000)).Payload).AmountMicros);
    }

    [Fact]
    public void Rejects_PlanPriceOutOfRange() =>
        AssertRejected(Billing(b => b.PlanPriceMonthly = Messages.Money(-1)), "billing.plan_price_monthly.amount_micros", "0 to");

    [Fact]
    public void Rejects_ItemCountOutOfRange() => AssertRejected(Billing(b => b.ItemCount = -1), "billing.item_count", "0 to");

    [Fact]
    public void Rejects_BillingTextsOver64Bytes()
    {
        AssertRejected(Billing(b => b.InvoiceId = Long65), "billing.invoice_id", "at most 64");
        AssertRejected(Billing(b => b.Category = Long65), "billing.category", "at most 64");
        AssertRejected(Billing(b => b.ItemId = Long65), "billing.item_id", "at most 64");
        AssertRejected(Billing(b => b.Plan = Long65), "billing.plan", "at most 64");
    }

    [Fact]
    public void Rejects_LifecycleKindUnspecified() =>
        AssertRejected(Messages.With(e => e.Lifecycle = new V1.LifecycleEvent()), "lifecycle.kind", "set it");

    [Fact]
    public void Rejects_ReasonTextOver500Bytes()
    {
        AssertRejected(Cancelled(new string('x', 501)), "lifecycle.reason_text", "at most 500");
        AssertAccepted(Cancelled(new string('x', 500)));
    }

    [Fact]
    public void Rejects_ViewedTextsOver64Bytes()
    {
        AssertRejected(Engagement(e => e.Viewed = new() { Page = Long65 }), "engagement.viewed.page", "at most 64");
        AssertRejected(Engagement(e => e.Viewed = new() { Category = Long65 }), "engagement.viewed.category", "at most 64");
    }

    [Fact]
    public void Rejects_CartOutOfLimits()
    {
        AssertRejected(Engagement(e => e.Cart = new CartV1()), "engagement.cart.status", "set it");
        AssertRejected(Cart(c => c.Value = Messages.Money(-1)), "engagement.cart.value.amount_micros", "0 to");
        AssertRejected(Cart(c => c.ItemCount = -1), "engagement.cart.item_count", "0 to");
    }

    [Fact]
    public void Rejects_NegativeLoyaltyBalance() =>
        AssertRejected(Engagement(e => e.Loyalty = new() { BalancePoints = -1 }), "engagement.loyalty.balance_points", "0 to");

    [Fact]
    public void Rejects_SupportCaseOutOfLimits()
    {
        AssertRejected(Engagement(e => e.SupportCase = new SupportCaseV1()), "engagement.support_case.status", "set it");
        AssertRejected(Support(s => s.Satisfaction = 6), "engagement.support_case.satisfaction", "0 to 5");
        AssertRejected(Support(s => s.Satisfaction = -1), "engagement.support_case.satisfaction", "0 to 5");
        AssertRejected(Support(s => s.CaseId = Long65), "engagement.support_case.case_id", "at most 64");
    }

    [Fact]
    public void Rejects_ConsentUnspecified()
    {
        AssertRejected(Messages.With(e => e.Consent = new() { Channel = V1.Channel.Sms }), "consent.kind", "set it");
        AssertRejected(Messages.With(e => e.Consent = new() { Kind = ConsentKindV1.Granted }), "consent.channel", "set it");
        // A newer channel does not excuse a missing kind.
        AssertRejected(Messages.With(e => e.Consent = new() { Channel = (V1.Channel)99 }), "consent.kind", "set it");
    }

    [Fact]
    public void Rejects_ProfileTextsOver64Bytes()
    {
        AssertRejected(Messages.With(e => e.Profile = new() { TimeZone = Long65 }), "profile.time_zone", "at most 64");
        AssertRejected(Messages.With(e => e.Profile = new() { Language = Long65 }), "profile.language", "at most 64");
        AssertRejected(Messages.With(e => e.Profile = new() { AccountOwner = Long65 }), "profile.account_owner", "at most 64");
        AssertRejected(Messages.With(e => e.Profile = new() { Category = Long65 }), "profile.category", "at most 64");
    }

    [Fact]
    public void Accepts_EmptyProfile_LeavesAllUnknown() =>
        Assert.Equal(new ProfilePayload(null, null, ValueTier.None, null, null), Payload(e => e.Profile = new V1.ProfileEvent()));

    [Fact]
    public void Rejects_OutcomeOutOfLimits()
    {
        AssertRejected(Outcome(o => o.DecisionId = ""), "outcome.decision_id", "1 to 64 bytes");
        AssertRejected(Outcome(o => o.DecisionId = Long65), "outcome.decision_id", "at most 64");
        AssertRejected(Outcome(o => o.Kind = 0), "outcome.kind", "set it");
        AssertRejected(Outcome(o => o.Revenue = Messages.Money(-1)), "outcome.revenue.amount_micros", "0 to");
    }

    /// <summary>To pass it over would leave a customer who unsubscribed with messages to come.</summary>
    [Fact]
    public void Rejects_UnsubscribedWithoutChannel()
    {
        AssertRejected(Outcome(o => o.Kind = OutcomeKindV1.Unsubscribed), "outcome.channel", "set it");
        AssertAccepted(Outcome(o => (o.Kind, o.Channel) = (OutcomeKindV1.Unsubscribed, V1.Channel.Sms)));
    }

    public static TheoryData<V1.CustomerEvent> Newer =>
    [
        Messages.With(_ => { }),
        Messages.With(e => e.Billing = new() { Kind = (BillingKindV1)6 }),
        Messages.With(e => e.Lifecycle = new() { Kind = (LifecycleKindV1)6 }),
        Messages.With(e => e.Engagement = new()),
        Messages.With(e => e.Engagement = new() { Cart = new() { Status = (CartV1.Types.Status)4 } }),
        Messages.With(e => e.Engagement = new() { SupportCase = new() { Status = (SupportCaseV1.Types.Status)3 } }),
        Messages.With(e => e.Consent = new() { Channel = (V1.Channel)9, Kind = ConsentKindV1.Granted }),
        Messages.With(e => e.Consent = new() { Channel = V1.Channel.Sms, Kind = (ConsentKindV1)6 }),
        Messages.With(e => e.Outcome = new() { DecisionId = "d", Kind = (OutcomeKindV1)12 }),
    ];

    [Theory]
    [MemberData(nameof(Newer), DisableDiscoveryEnumeration = true)]
    public void Accepts_WhatANewerProducerKnows_AsUnknownKind(V1.CustomerEvent message) =>
        Assert.Same(UnknownPayload.Instance, Accepted(message).Payload);

    [Fact]
    public void Accepts_NewerReasonTierAndChannel_AsUnknownValues()
    {
        var cancelled = new V1.LifecycleEvent { Kind = LifecycleKindV1.Cancelled, Reason = (V1.LapseReason)7 };
        Assert.Equal(
            new LifecyclePayload(LifecycleKind.Cancelled, LapseReason.Unknown, ""), Payload(e => e.Lifecycle = cancelled));
        Assert.Equal(
            ValueTier.None, Assert.IsType<ProfilePayload>(Payload(e => e.Profile = new() { ValueTier = (V1.ValueTier)4 })).ValueTier);
        V1.CustomerEvent sent = Outcome(o => (o.Kind, o.Channel) = (OutcomeKindV1.Sent, (V1.Channel)9));
        Assert.Equal(Channel.None, Assert.IsType<OutcomePayload>(Accepted(sent).Payload).Channel);
    }

    /// <summary>The domain's enumerations are cast from the proto's, so the numbers must be the same.</summary>
    [Fact]
    public void Enumerations_OfDomainAndProto_HaveEqualNumbers()
    {
        AssertEqualNumbers<BillingKind, BillingKindV1>();
        AssertEqualNumbers<LifecycleKind, LifecycleKindV1>();
        AssertEqualNumbers<ConsentKind, ConsentKindV1>();
        AssertEqualNumbers<OutcomeKind, OutcomeKindV1>();
        AssertEqualNumbers<CartStatus, CartV1.Types.Status>();
        AssertEqualNumbers<Channel, V1.Channel>();
        AssertEqualNumbers<LapseReason, V1.LapseReason>();
        AssertEqualNumbers<ValueTier, V1.ValueTier>();
    }

    private static void AssertEqualNumbers<TCore, TProto>()
        where TCore : struct, System.Enum
        where TProto : struct, System.Enum
    {
        Dictionary<int, string> proto = System.Enum.GetValues<TProto>().ToDictionary(v => Convert.ToInt32(v), v => v.ToString());
        Dictionary<int, string> core = System.Enum.GetValues<TCore>().ToDictionary(v => Convert.ToInt32(v), v => v.ToString());
        proto.Remove(0);
        core.Remove(0);
        Assert.Equal(proto, core);
    }

    private static V1.CustomerEvent SetId(string field, string value)
    {
        V1.CustomerEvent e = Messages.Login();
        if (field == "event_id") e.EventId = value;
        else e.CustomerId = value;
        return e;
    }

    private static V1.CustomerEvent Usage(Action<V1.UsageEvent> change) =>
        Changed(new V1.UsageEvent { Feature = "f" }, change, (e, x) => e.Usage = x);

    private static V1.CustomerEvent Billing(Action<V1.BillingEvent> change) =>
        Changed(Messages.Purchase().Billing, change, (e, x) => e.Billing = x);

    private static V1.CustomerEvent Engagement(Action<V1.EngagementEvent> change) =>
        Changed(new V1.EngagementEvent(), change, (e, x) => e.Engagement = x);

    private static V1.CustomerEvent Cart(Action<CartV1> change) =>
        Changed(new CartV1 { Status = CartV1.Types.Status.Updated }, change, (e, x) => e.Engagement = new() { Cart = x });

    private static V1.CustomerEvent Support(Action<SupportCaseV1> change) =>
        Changed(
            new SupportCaseV1 { Status = SupportCaseV1.Types.Status.Closed }, change, (e, x) => e.Engagement = new() { SupportCase = x });

    private static V1.CustomerEvent Outcome(Action<V1.OutcomeEvent> change) =>
        Changed(new V1.OutcomeEvent { DecisionId = "d", Kind = OutcomeKindV1.Sent }, change, (e, x) => e.Outcome = x);

    private static V1.CustomerEvent Cancelled(string text) =>
        Messages.With(e => e.Lifecycle = new() { Kind = LifecycleKindV1.Cancelled, ReasonText = text });

    private static V1.CustomerEvent Changed<T>(T payload, Action<T> change, Action<V1.CustomerEvent, T> set)
    {
        change(payload);
        return Messages.With(e => set(e, payload));
    }

    private static EventPayload Payload(Action<V1.CustomerEvent> fill) => Accepted(Messages.With(fill)).Payload;

    private static CustomerEvent Accepted(V1.CustomerEvent message)
    {
        EventRecord record = Messages.Read(message);
        Assert.Equal((RecordFault.None, ""), (record.Fault, record.FaultDetail));
        return record.Event!;
    }

    private static void AssertAccepted(V1.CustomerEvent message) => _ = Accepted(message);

    private static void AssertRejected(V1.CustomerEvent message, params string[] named)
    {
        EventRecord record = Messages.Read(message);
        Assert.Equal(RecordFault.InvalidField, record.Fault);
        Assert.All(named, word => Assert.Contains(word, record.FaultDetail, StringComparison.Ordinal));
    }
}
