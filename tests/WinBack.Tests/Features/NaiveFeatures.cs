using WinBack.Core.Events;

namespace WinBack.Tests.Features;

/// <summary>Features from the raw events of a customer, in the words of docs/FEATURES.md.</summary>
internal static class NaiveFeatures
{
    internal static Dictionary<string, double> Of(IEnumerable<(EventPayload Payload, DateTimeOffset Time)> events, DateTimeOffset asOf)
    {
        var all = events.ToArray();
        var purchases = Payloads<BillingPayload>(all, b => b.Kind == BillingKind.Purchase);
        var refunds = Payloads<BillingPayload>(all, b => b.Kind == BillingKind.Refund);
        var logins = Payloads<LoginPayload>(all, _ => true);
        var uses = Payloads<UsagePayload>(all, _ => true);
        double spent = purchases.Sum(p => p.Payload.AmountMicros / 1e6);
        double now = Window(purchases, asOf, 90).Count(), before = Window(purchases, asOf, 90, skip: 90).Count();
        double gap = purchases.Length < 2 ? double.NaN : (purchases[^1].Time - purchases[0].Time).TotalDays / (
            purchases.Length - 1);
        return new Dictionary<string, double>
        {
            ["days_since_last_login"] = logins.Length == 0 ? double.NaN : (asOf - logins[^1].Time).TotalDays,
            ["days_since_last_purchase"] = purchases.Length == 0 ? double.NaN : (asOf - purchases[^1].Time).TotalDays,
            ["tenure"] = all.Length == 0 ? double.NaN : (asOf - all[0].Time).TotalDays,
            ["purchases_7d"] = Window(purchases, asOf, 7).Count(),
            ["purchases_30d"] = Window(purchases, asOf, 30).Count(),
            ["purchases_90d"] = now,
            ["purchases_365d"] = Window(purchases, asOf, 365).Count(),
            ["purchases_lifetime"] = purchases.Length,
            ["purchases_trend_90d"] = Ratio(now - before, now + before),
            ["logins_7d"] = Window(logins, asOf, 7).Count(),
            ["logins_30d_over_90d"] = Ratio(Window(logins, asOf, 30).Count(), Window(logins, asOf, 90).Count()),
            ["uses_30d"] = Window(uses, asOf, 30).Sum(u => u.Payload.Quantity),
            ["usage_hours_30d"] = Window(uses, asOf, 30).Sum(u => u.Payload.DurationSeconds) / 3600.0,
            ["top_feature_share"] = Ratio(
                uses.GroupBy(u => u.Payload.Feature).Select(f => f.Sum(u => u.Payload.Quantity)).DefaultIfEmpty().Max(),
                uses.Sum(u => u.Payload.Quantity)),
            ["spend_90d"] = Window(purchases, asOf, 90).Sum(p => p.Payload.AmountMicros) / 1e6,
            ["average_order_value"] = Ratio(spent, purchases.Length),
            ["items_per_order"] = Ratio(purchases.Sum(p => p.Payload.ItemCount), purchases.Length),
            ["refund_share_365d"] = Ratio(
                Window(refunds, asOf, 365).Sum(r => r.Payload.AmountMicros), Window(purchases, asOf, 365).Sum(p => p.Payload.AmountMicros)),
            ["mean_purchase_gap"] = gap,
            ["silence_over_gap"] = purchases.Length < 2 ? double.NaN : (asOf - purchases[^1].Time).TotalDays / Math.Max(1, gap),
            ["purchase_weeks_365d"] = Window(purchases, asOf, 365).Select(p => Week(p.Time)).Distinct().Count(),
            ["clicks_365d"] = Window(Payloads<OutcomePayload>(all, o => o.Kind == OutcomeKind.Clicked), asOf, 365).Count(),
            ["day_of_week"] = (int)asOf.DayOfWeek,
            ["month"] = asOf.Month,
        };
    }

    private static (T Payload, DateTimeOffset Time)[] Payloads<T>((EventPayload Payload, DateTimeOffset Time)[] all, Func<T, bool> where)
        where T : EventPayload =>
        [.. all.Where(e => e.Payload is T t && where(t)).Select(e => ((T)e.Payload, e.Time))];

    /// <summary>
    /// Up to 30 days: whole days that end with as-of's. Longer: whole weeks (13 for 90 days, 53 for 365) that end with its.
    /// </summary>
    private static IEnumerable<(T Payload, DateTimeOffset Time)> Window<T>(
        IEnumerable<(T Payload, DateTimeOffset Time)> events, DateTimeOffset asOf, int days, int skip = 0)
    {
        int weeks = days == 90 ? 13 : 53;
        int skipped = skip == 0 ? 0 : 13;
        return events.Where(e => days <= 30
            ? (asOf.UtcDateTime.Date - e.Time.UtcDateTime.Date).TotalDays is var ago && ago >= 0 && ago < days
            : Week(asOf) - Week(e.Time) - skipped is var weeksAgo && weeksAgo >= 0 && weeksAgo < weeks);
    }

    /// <summary>Weeks begin on Thursdays, as 1970-01-01 was one.</summary>
    private static int Week(DateTimeOffset time) => (int)Math.Floor((time - DateTimeOffset.UnixEpoch).TotalDays / 7);

    private static double Ratio(double part, double whole) => whole == 0 ? double.NaN : part / whole;
}
