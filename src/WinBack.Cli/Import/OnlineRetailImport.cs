using Google.Protobuf.WellKnownTypes;
using WinBack.V1;

namespace WinBack.Cli.Import;

/// <summary>
/// Turns the invoice lines of UCI Online Retail into events. Every invoice becomes one BillingEvent: a purchase, or a
/// refund when its number begins with C (a cancelled order, not a cancelled account). A customer's country, where it
/// tells a time zone, becomes a ProfileEvent. Nothing else does: the file does not say who looked at what, logged in
/// or agreed to be written to, and an event that nobody saw would teach a model what is not so.
/// </summary>
/// <remarks>
/// All invoices are held until the end, since the lines of an invoice need not lie together: memory grows with them.
/// </remarks>
internal sealed class OnlineRetailImport(IReadOnlyList<Channel> assumedConsent)
{
    internal const string Source = "online-retail";

    /// <summary>Source of the consent events that the caller asked to assume.</summary>
    internal const string AssumedSource = "assumed";
    private const string Currency = "GBP";

    private static readonly ConsentEvent.Types.Kind[] AssumedKinds =
        [ConsentEvent.Types.Kind.Granted, ConsentEvent.Types.Kind.AddressReachable];

    private readonly Dictionary<(string Invoice, string Customer), Invoice> _invoices = [];
    private readonly long[] _lines = new long[System.Enum.GetValues<LineOutcome>().Length];

    internal long LinesOf(LineOutcome outcome) => _lines[(int)outcome];

    internal void Add(in OnlineRetailLine line)
    {
        LineOutcome outcome = Judge(line);
        _lines[(int)outcome]++;
        if (outcome != LineOutcome.InEvent) return;
        var key = (line.InvoiceNo, line.CustomerId);
        if (!_invoices.TryGetValue(key, out Invoice? invoice)) _invoices[key] = invoice = new Invoice(line);
        invoice.Add(line);
    }

    /// <summary>The events, by event time and then in the order of the file. The same file gives the same bytes.</summary>
    internal IEnumerable<CustomerEvent> ToEvents()
    {
        var countries = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Invoice invoice in _invoices.Values.OrderBy(i => i.Time))
        {
            bool isNew = !countries.TryGetValue(invoice.Customer, out string? country);
            if (country != invoice.Country)
            {
                countries[invoice.Customer] = invoice.Country;
                if (CountryTimeZones.Of(invoice.Country) is { } zone) yield return Profile(invoice, zone);
            }

            if (isNew)
                foreach (CustomerEvent consent in AssumedConsents(invoice)) yield return consent;
            yield return Billing(invoice);
        }
    }

    private static LineOutcome Judge(in OnlineRetailLine line)
    {
        if (line.CustomerId.Length == 0) return LineOutcome.NoCustomer;
        if (!StockCodes.IsGoods(line.StockCode)) return LineOutcome.NotGoods;
        if (line.UnitPriceMicros <= 0) return LineOutcome.NoPrice;
        return line.Quantity == 0 || line.Quantity < 0 != line.IsCancelled ? LineOutcome.WrongSign : LineOutcome.InEvent;
    }

    private static CustomerEvent Billing(Invoice invoice)
    {
        CustomerEvent e = Event(invoice, "invoice-" + invoice.Number, Source);
        e.Billing = new BillingEvent
        {
            Kind = invoice.IsCancelled ? BillingEvent.Types.Kind.Refund : BillingEvent.Types.Kind.Purchase,
            Amount = new Money { AmountMicros = invoice.AmountMicros, CurrencyCode = Currency },
            InvoiceId = invoice.Number,
            ItemCount = invoice.ItemCount,
            Category = invoice.LargestCategory,
            ItemId = invoice.LargestItem,
        };
        return e;
    }

    private static CustomerEvent Profile(Invoice invoice, string zone)
    {
        CustomerEvent e = Event(invoice, "country-" + invoice.Number, Source);
        e.Profile = new ProfileEvent { TimeZone = zone };
        return e;
    }

    private IEnumerable<CustomerEvent> AssumedConsents(Invoice invoice)
    {
        foreach (Channel channel in assumedConsent)
        {
            foreach (ConsentEvent.Types.Kind kind in AssumedKinds)
            {
                CustomerEvent e = Event(invoice, $"assumed-{channel}-{kind}", AssumedSource);
                e.Consent = new ConsentEvent { Channel = channel, Kind = kind };
                yield return e;
            }
        }
    }

    private static CustomerEvent Event(Invoice invoice, string id, string source) => new()
    {
        EventId = id,
        CustomerId = invoice.Customer,
        EventTime = Timestamp.FromDateTimeOffset(invoice.Time),
        Source = source,
    };
}
