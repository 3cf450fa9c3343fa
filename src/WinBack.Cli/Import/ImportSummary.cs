using System.Globalization;
using WinBack.V1;

namespace WinBack.Cli.Import;

/// <summary>
/// What an import read and wrote, so that nothing can get lost unseen: lines read = lines in events + lines skipped.
/// </summary>
internal sealed class ImportSummary
{
    private readonly HashSet<string> _customers = new(StringComparer.Ordinal);
    private long _purchases;
    private long _refunds;
    private long _profiles;
    private long _consents;
    private long _withoutCategory;
    private decimal _purchaseMicros;
    private decimal _refundMicros;
    private DateTimeOffset? _first;
    private DateTimeOffset _last;

    internal void Count(CustomerEvent e)
    {
        _customers.Add(e.CustomerId);
        _last = e.EventTime.ToDateTimeOffset();
        _first ??= _last;
        switch (e.PayloadCase)
        {
            case CustomerEvent.PayloadOneofCase.Profile: _profiles++; break;
            case CustomerEvent.PayloadOneofCase.Consent: _consents++; break;
            case CustomerEvent.PayloadOneofCase.Billing when e.Billing.Kind == BillingEvent.Types.Kind.Purchase:
                _purchases++;
                _purchaseMicros += e.Billing.Amount.AmountMicros;
                if (e.Billing.Category.Length == 0) _withoutCategory++;
                break;
            case CustomerEvent.PayloadOneofCase.Billing:
                _refunds++;
                _refundMicros += e.Billing.Amount.AmountMicros;
                break;
        }
    }

    internal void Write(TextWriter text, OnlineRetailImport import, string output)
    {
        long lines = Enum.GetValues<LineOutcome>().Sum(import.LinesOf);
        Line(text, "Lines read", lines);
        Line(text, "  in events", import.LinesOf(LineOutcome.InEvent));
        Line(text, "  skipped: no customer", import.LinesOf(LineOutcome.NoCustomer));
        Line(text, "  skipped: not goods (postage, discount, charges, ...)", import.LinesOf(LineOutcome.NotGoods));
        Line(text, "  skipped: price is zero or negative", import.LinesOf(LineOutcome.NoPrice));
        Line(text, "  skipped: sign of quantity does not fit the invoice", import.LinesOf(LineOutcome.WrongSign));
        Line(text, "Events written", _purchases + _refunds + _profiles + _consents);
        Line(text, "  purchases", _purchases, $"{Money(_purchaseMicros)}; {Number(_withoutCategory)} without a category");
        Line(text, "  refunds", _refunds, Money(_refundMicros));
        Line(text, "  profiles (time zone by country)", _profiles);
        if (_consents > 0) Line(text, "  consents (assumed)", _consents);
        Line(text, "Customers", _customers.Count);
        if (_first is { } first) text.WriteLine(Invariant($"From {first:yyyy-MM-dd HH:mm} to {_last:yyyy-MM-dd HH:mm} UTC"));
        text.WriteLine($"Wrote {output}");
    }

    private static void Line(TextWriter text, string name, long count, string note = "") =>
        text.WriteLine($"{name,-54} {Number(count),10}{(note.Length == 0 ? "" : "   " + note)}");

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Money(decimal micros) => (micros / 1_000_000).ToString("N2", CultureInfo.InvariantCulture) + " GBP";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
