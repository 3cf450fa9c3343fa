using WinBack.Core.State;
using static WinBack.Core.Features.FeatureWindow;
using static WinBack.Core.State.TileCounter;

namespace WinBack.Core.Features;

/// <summary>
/// Every feature, each definition beside its computation. docs/FEATURES.md is this table in words; a test holds the
/// two together. A change of meaning changes the description, and so the schema hash.
/// </summary>
internal static class FeatureCatalogue
{
    private const double Micros = 1_000_000;

    internal static IReadOnlyList<FeatureDefinition> All { get; } =
    [
        .. Recency(), .. Frequency(), .. Monetary(), .. Rhythm(), .. Trouble(), .. Engagement(), .. Contact(), .. Season(),
    ];

    private static IEnumerable<FeatureDefinition> Recency() =>
    [
        Since("days_since_last_activity", Instant.LastActivity, "since the customer last did something of its own will"),
        Since("days_since_last_login", Instant.LastLogin, "since the last login"),
        Since("days_since_last_use", Instant.LastUse, "since a product feature was last used"),
        Since("days_since_last_purchase", Instant.LastPurchase, "since the last purchase"),
        Since("days_since_last_payment", Instant.LastPayment, "since the last recurring payment"),
        Since("days_since_last_view", Instant.LastView, "since a page or category was last viewed"),
        Since("days_since_last_cancelled", Instant.LastCancelled, "since the account was last cancelled"),
        Since("tenure", Instant.FirstEvent, "since the first event of any kind"),
    ];

    private static IEnumerable<FeatureDefinition> Frequency() =>
    [
        Count("purchases_7d", Purchases, Days7), Count("purchases_30d", Purchases, Days30),
        Count("purchases_90d", Purchases, Days90), Count("purchases_365d", Purchases, Days365),
        new("purchases_lifetime", "count", "purchases ever", c => c.Lifetime(Purchases)),
        Count("logins_7d", Logins, Days7), Count("logins_30d", Logins, Days30), Count("logins_90d", Logins, Days90),
        Count("uses_7d", Uses, Days7), Count("uses_30d", Uses, Days30), Count("uses_90d", Uses, Days90),
        new("usage_hours_30d", "hours", "time spent in the product in the last 30 days", c => c.Sum(UsageSeconds, Days30) / 3600.0),
        new("features_used_lifetime", "count", "different product features ever used", c => c.State.FeatureUses.Count),
        new("top_feature_share", "ratio", "share of the most used feature in all uses", TopFeatureShare),
    ];

    private static IEnumerable<FeatureDefinition> Monetary() =>
    [
        Spend("spend_30d", Days30), Spend("spend_90d", Days90), Spend("spend_365d", Days365),
        new("spend_lifetime", "currency", "value of all purchases ever", c => c.Lifetime(PurchaseMicros) / Micros),
        new("average_order_value", "currency", "mean value of a purchase, ever",
            c => Ratio(c.Lifetime(PurchaseMicros) / Micros, c.Lifetime(Purchases))),
        new("items_per_order", "count", "mean items of a purchase, ever", c => Ratio(c.Lifetime(ItemsBought), c.Lifetime(Purchases))),
        new("plan_price_monthly", "currency", "recurring price of the plan, a month", c => c.Number(Fact.PlanPriceMicros) / Micros),
        new("refund_share_365d", "ratio", "value of refunds over value of purchases in the last 365 days",
            c => Ratio(c.Sum(RefundMicros, Days365), c.Sum(PurchaseMicros, Days365))),
    ];

    private static IEnumerable<FeatureDefinition> Rhythm() =>
    [
        new("mean_purchase_gap", "days", "mean time between one purchase and the next", c => c.MeanPurchaseGapDays()),
        new("silence_over_gap", "ratio", "days since the last purchase over the mean gap: above 1 the customer is overdue",
            c => c.DaysSince(Instant.LastPurchase) / Math.Max(1, c.MeanPurchaseGapDays())),
        new("purchase_weeks_365d", "count", "weeks with a purchase among the last 53", c => c.ActiveWeeks(Purchases)),
        Trend("purchases_trend_90d", Purchases), Trend("spend_trend_90d", PurchaseMicros), Trend("uses_trend_90d", Uses),
        new("logins_30d_over_90d", "ratio", "logins of the last 30 days over those of the last 90",
            c => Ratio(c.Sum(Logins, Days30), c.Sum(Logins, Days90))),
    ];

    private static IEnumerable<FeatureDefinition> Trouble() =>
    [
        Count("failed_payments_90d", FailedPayments, Days90),
        Count("refunds_90d", Refunds, Days90),
        Count("support_cases_90d", SupportOpened, Days90),
        new("support_cases_open", "count", "support cases opened and not yet closed",
            c => Math.Max(0, c.Lifetime(SupportOpened) - c.Lifetime(SupportClosed))),
        new("last_satisfaction", "points", "latest support satisfaction, 1 to 5", c => c.Number(Fact.LastSatisfaction)),
        Count("usage_errors_30d", UsageErrors, Days30),
    ];

    private static IEnumerable<FeatureDefinition> Engagement() =>
    [
        Count("views_30d", Views, Days30), Count("cart_abandons_30d", CartAbandons, Days30),
        new("loyalty_points", "points", "balance of the loyalty programme", c => c.Number(Fact.LoyaltyPoints)),
    ];

    private static IEnumerable<FeatureDefinition> Contact() =>
    [
        Since("days_since_last_contact", Instant.LastSent, "since a message was last sent"),
        Count("contacts_30d", Sent, Days30), Count("contacts_365d", Sent, Days365),
        Count("clicks_365d", Clicked, Days365),
    ];

    private static IEnumerable<FeatureDefinition> Season() =>
    [
        new("day_of_week", "1", "day of the week of the as-of instant (UTC), 0 = Sunday", c => (int)c.AsOf.DayOfWeek),
        new("month", "1", "month of the as-of instant (UTC), 1 to 12", c => c.AsOf.Month),
    ];

    private static FeatureDefinition Since(string name, Instant instant, string meaning) =>
        new(name, "days", "days " + meaning, c => c.DaysSince(instant));

    private static FeatureDefinition Count(string name, TileCounter counter, FeatureWindow window) =>
        new(name, "count", $"{name[..name.LastIndexOf('_')].Replace('_', ' ')} in the last {DaysOf(window)} days", c => c.Sum(counter, window));

    private static FeatureDefinition Spend(string name, FeatureWindow window) =>
        new(name, "currency", $"value of purchases in the last {DaysOf(window)} days", c => c.Sum(PurchaseMicros, window) / Micros);

    /// <summary>(now - before) / (now + before): -1 stopped, 0 steady, 1 new. Bounded, unlike a quotient.</summary>
    private static FeatureDefinition Trend(string name, TileCounter counter) =>
        new(name, "ratio", $"{name[..name.IndexOf('_')]} of the last 90 days against the 90 before: (a - b) / (a + b)",
            c =>
            {
                double now = c.Sum(counter, Days90), before = c.Sum(counter, PriorDays90);
                return Ratio(now - before, now + before);
            });

    private static string DaysOf(FeatureWindow window) => window.ToString()["Days".Length..];

    private static double TopFeatureShare(FeatureContext c) =>
        c.State.FeatureUses.MostUsed() is { } most ? Ratio(most.Uses, c.Lifetime(Uses)) : double.NaN;

    private static double Ratio(double part, double whole) => whole == 0 ? double.NaN : part / whole;
}
