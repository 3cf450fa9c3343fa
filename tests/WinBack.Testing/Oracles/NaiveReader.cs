using System.Text;
using Google.Protobuf;
using WinBack.Core.Events;

namespace WinBack.Testing.Oracles;

/// <summary>Judges a record by the words of events.proto, written without looking at the reader that it checks.</summary>
internal sealed class NaiveReader(int partitions, string currency, TimeSpan futureTolerance)
{
    private const long Billion = 1_000_000_000;
    private static readonly JsonParser Json = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    /// <summary>The message when there is no fault.</summary>
    internal RecordFault Judge(LogRecord record, out V1.CustomerEvent message)
    {
        message = new V1.CustomerEvent();
        if (record.Value is null || record.Value.Length == 0) return RecordFault.EmptyValue;
        string type = record.ContentType ?? "application/x-protobuf";
        if (type is not ("application/json" or "application/x-protobuf")) return RecordFault.UnknownContentType;
        try
        {
            message = type == "application/json"
                ? Json.Parse<V1.CustomerEvent>(Encoding.UTF8.GetString(record.Value))
                : V1.CustomerEvent.Parser.ParseFrom(record.Value);
        }
        catch (IOException)
        {
            return RecordFault.Undecodable;
        }

        byte[] customer = Encoding.UTF8.GetBytes(message.CustomerId);
        if (!IsEnvelopeRight(message) || !IsPayloadRight(message)) return RecordFault.InvalidField;
        if (record.Key is null || !record.Key.SequenceEqual(customer)) return RecordFault.KeyMismatch;
        if (CustomerPartition.Of(customer, partitions) != record.Partition) return RecordFault.WrongPartition;
        return TimeMs(message) - record.Timestamp.ToUnixTimeMilliseconds() > futureTolerance.TotalMilliseconds
            ? RecordFault.FutureEvent
            : RecordFault.None;
    }

    internal static long TimeMs(V1.CustomerEvent message) =>
        (message.EventTime.Seconds * 1000) + (message.EventTime.Nanos / 1_000_000);

    /// <summary>False for what only a newer binary knows.</summary>
    internal static bool IsKnown(V1.CustomerEvent e) => e.PayloadCase switch
    {
        V1.CustomerEvent.PayloadOneofCase.None => false,
        V1.CustomerEvent.PayloadOneofCase.Billing => (int)e.Billing.Kind <= 5,
        V1.CustomerEvent.PayloadOneofCase.Lifecycle => (int)e.Lifecycle.Kind <= 5,
        V1.CustomerEvent.PayloadOneofCase.Engagement => e.Engagement.KindCase != V1.EngagementEvent.KindOneofCase.None
            && (e.Engagement.Cart is not { } cart || (int)cart.Status <= 3)
            && (e.Engagement.SupportCase is not { } support || (int)support.Status <= 2),
        V1.CustomerEvent.PayloadOneofCase.Consent => (int)e.Consent.Kind <= 5 && (int)e.Consent.Channel <= 8,
        V1.CustomerEvent.PayloadOneofCase.Outcome => (int)e.Outcome.Kind <= 10,
        _ => true,
    };

    private static bool IsEnvelopeRight(V1.CustomerEvent e) =>
        IsId(e.EventId) && IsId(e.CustomerId) && IsName(e.Source) && e.EventTime is { Seconds: >= 0 and < 253_402_300_800, Nanos: >= 0 };

    private bool IsPayloadRight(V1.CustomerEvent e) => e.PayloadCase switch
    {
        V1.CustomerEvent.PayloadOneofCase.Usage => IsId(e.Usage.Feature) && IsIn(e.Usage.Quantity, Billion)
            && IsIn(e.Usage.DurationSeconds, 31_536_000) && IsIn(e.Usage.ErrorCount, Billion),
        V1.CustomerEvent.PayloadOneofCase.Login => IsName(e.Login.Device),
        V1.CustomerEvent.PayloadOneofCase.Billing => e.Billing.Kind != 0 && (!IsKnown(e) || IsBillingRight(e.Billing)),
        V1.CustomerEvent.PayloadOneofCase.Lifecycle => e.Lifecycle.Kind != 0
            && (!IsKnown(e) || Encoding.UTF8.GetByteCount(e.Lifecycle.ReasonText) <= 500),
        V1.CustomerEvent.PayloadOneofCase.Engagement => IsEngagementRight(e),
        V1.CustomerEvent.PayloadOneofCase.Consent => e.Consent.Channel != 0 && e.Consent.Kind != 0,
        V1.CustomerEvent.PayloadOneofCase.Profile => IsName(e.Profile.TimeZone) && IsName(e.Profile.Language)
            && IsName(e.Profile.AccountOwner) && IsName(e.Profile.Category),
        V1.CustomerEvent.PayloadOneofCase.Outcome => IsId(e.Outcome.DecisionId) && e.Outcome.Kind != 0
            && (!IsKnown(e) || (IsMoney(e.Outcome.Revenue) && ((int)e.Outcome.Kind != 10 || e.Outcome.Channel != 0))),
        _ => true,
    };

    private bool IsBillingRight(V1.BillingEvent billing) =>
        (billing.Amount is not null || billing.Kind == V1.BillingEvent.Types.Kind.PlanChange)
        && IsMoney(billing.Amount) && IsMoney(billing.PlanPriceMonthly) && IsIn(billing.ItemCount, Billion)
        && IsName(billing.InvoiceId) && IsName(billing.Category) && IsName(billing.ItemId) && IsName(billing.Plan);

    private bool IsEngagementRight(V1.CustomerEvent e) => e.Engagement.KindCase switch
    {
        V1.EngagementEvent.KindOneofCase.Viewed => IsName(e.Engagement.Viewed.Page) && IsName(e.Engagement.Viewed.Category),
        V1.EngagementEvent.KindOneofCase.Cart => e.Engagement.Cart.Status != 0
            && (!IsKnown(e) || (IsMoney(e.Engagement.Cart.Value) && IsIn(e.Engagement.Cart.ItemCount, Billion))),
        V1.EngagementEvent.KindOneofCase.Loyalty => e.Engagement.Loyalty.BalancePoints >= 0,
        V1.EngagementEvent.KindOneofCase.SupportCase => e.Engagement.SupportCase.Status != 0
            && (!IsKnown(e) || (IsIn(e.Engagement.SupportCase.Satisfaction, 5) && IsName(e.Engagement.SupportCase.CaseId))),
        _ => true,
    };

    private bool IsMoney(V1.Money? money) =>
        money is null || (money.CurrencyCode == currency && IsIn(money.AmountMicros, 9_000_000_000_000));

    private static bool IsIn(long value, long most) => value >= 0 && value <= most;

    private static bool IsId(string text) => text.Length > 0 && IsName(text);

    private static bool IsName(string text) => Encoding.UTF8.GetByteCount(text) <= 64;
}
