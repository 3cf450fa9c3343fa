using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.State;

namespace WinBack.Tests.Policy;

/// <summary>The state of a customer, made by folding events as the service does.</summary>
internal sealed class CustomerHistory
{
    /// <summary>The as-of instant of most tests.</summary>
    internal static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly EventPipeline _pipeline = new(new FoldOptions());
    private int _events;

    internal CustomerState State { get; } = new();

    /// <summary>The blob as Redis would hold it.</summary>
    internal byte[] Blob => new StateCodec().Encode(State).ToArray();

    /// <summary>One purchase, this many days before <see cref="Now"/>.</summary>
    internal static CustomerHistory BoughtOnce(double daysAgo) => new CustomerHistory().Bought(daysAgo);

    internal CustomerHistory Bought(double daysAgo, decimal value = 100, string category = "") => Add(
        EventStream.Billing, daysAgo,
        new BillingPayload(BillingKind.Purchase, (long)(value * 1_000_000), 1, category, "", "", null));

    /// <param name="price">A month, in units of the currency.</param>
    internal CustomerHistory Paid(double daysAgo, int price = 10) => Add(
        EventStream.Billing, daysAgo,
        new BillingPayload(BillingKind.Payment, price * 1_000_000L, 0, "", "", "pro", price * 1_000_000L));

    internal CustomerHistory LoggedIn(double daysAgo) => Add(EventStream.Login, daysAgo, new LoginPayload("web"));

    internal CustomerHistory Viewed(double daysAgo) => Add(EventStream.Engagement, daysAgo, new ViewedPayload("/", "tea"));

    internal CustomerHistory Points(long balance) => Add(EventStream.Engagement, 1, new LoyaltyPayload(balance));

    internal CustomerHistory Used(string feature, double daysAgo) =>
        Add(EventStream.Usage, daysAgo, new UsagePayload(feature, 3, 60, 0));

    internal CustomerHistory CartAbandoned(double daysAgo) =>
        Add(EventStream.Engagement, daysAgo, new CartPayload(CartStatus.Abandoned, 50_000_000, 2));

    internal CustomerHistory CartCheckedOut(double daysAgo) =>
        Add(EventStream.Engagement, daysAgo, new CartPayload(CartStatus.CheckedOut, 0, 0));

    internal CustomerHistory OpenedSupportCase(double daysAgo) =>
        Add(EventStream.Engagement, daysAgo, new SupportCasePayload(IsClosed: false, 0));

    internal CustomerHistory Used(double daysAgo, int times = 1, int errors = 0, string feature = "reports") =>
        Add(EventStream.Usage, daysAgo, new UsagePayload(feature, times, 0, errors));

    internal CustomerHistory PaymentFailed(double daysAgo) => Add(
        EventStream.Billing, daysAgo, new BillingPayload(BillingKind.FailedPayment, 10_000_000, 0, "", "", "", null));

    internal CustomerHistory RatedSupport(double daysAgo, int satisfaction) =>
        Add(EventStream.Engagement, daysAgo, new SupportCasePayload(IsClosed: true, satisfaction));

    internal CustomerHistory Answered(double daysAgo, LapseReason reason = LapseReason.None, string text = "") => Add(
        EventStream.Outcome, daysAgo,
        new OutcomePayload("d", OutcomeKind.Replied, Channel.Email, 0) { Reason = reason, ReasonText = text });

    internal CustomerHistory Lifecycle(LifecycleKind kind, double daysAgo, LapseReason reason = LapseReason.None, string text = "") =>
        Add(EventStream.Engagement, daysAgo, new LifecyclePayload(kind, reason, text));

    internal CustomerHistory Consent(Channel channel, ConsentKind kind, double daysAgo = 1) =>
        Add(EventStream.Engagement, daysAgo, new ConsentPayload(channel, kind));

    internal CustomerHistory Profile(ValueTier tier = ValueTier.None, string? category = null, string? timeZone = null) =>
        Add(EventStream.Engagement, 1, new ProfilePayload(timeZone, null, tier, null, category));

    internal CustomerHistory OwnedBy(string owner) =>
        Add(EventStream.Engagement, 1, new ProfilePayload(null, null, ValueTier.None, owner, null));

    private CustomerHistory Add(EventStream stream, double daysAgo, EventPayload payload)
    {
        DateTimeOffset time = Now.AddDays(-daysAgo);
        var e = new CustomerEvent(new EventId($"e{_events++}"), new CustomerId("c"), time, "test", payload);
        Assert.Equal(FoldOutcome.Folded, _pipeline.Fold(new EventRecord(stream, 0, _events, time, e), State));
        return this;
    }
}
