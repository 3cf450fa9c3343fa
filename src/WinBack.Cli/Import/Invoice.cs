namespace WinBack.Cli.Import;

/// <summary>The lines of one invoice of one customer, added up.</summary>
internal sealed class Invoice(OnlineRetailLine first)
{
    private long _largestMicros = -1;

    internal string Number { get; } = first.InvoiceNo;

    internal string Customer { get; } = first.CustomerId;

    internal string Country { get; } = first.Country;

    internal bool IsCancelled { get; } = first.IsCancelled;

    /// <summary>Time of its earliest line (31 invoices of the file spread over two minutes).</summary>
    internal DateTimeOffset Time { get; private set; } = first.InvoiceTime;

    /// <summary>Not negative, also when the order was cancelled.</summary>
    internal long AmountMicros { get; private set; }

    internal long ItemCount { get; private set; }

    /// <summary>Stock code of the line of the greatest value; of equals, the first.</summary>
    internal string LargestItem { get; private set; } = "";

    /// <summary>Category of that line; empty when its description does not tell.</summary>
    internal string LargestCategory { get; private set; } = "";

    internal void Add(in OnlineRetailLine line)
    {
        long pieces = Math.Abs(line.Quantity);
        long micros = checked(pieces * line.UnitPriceMicros);
        AmountMicros = checked(AmountMicros + micros);
        ItemCount += pieces;
        if (line.InvoiceTime < Time) Time = line.InvoiceTime;
        if (micros <= _largestMicros) return;
        _largestMicros = micros;
        LargestItem = line.StockCode;
        LargestCategory = ItemCategories.Of(line.Description);
    }
}
