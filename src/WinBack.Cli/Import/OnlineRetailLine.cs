namespace WinBack.Cli.Import;

/// <summary>One line of an invoice as the file has it.</summary>
/// <param name="LineNumber">In the file; the header is 1.</param>
/// <param name="Quantity">Pieces; negative on cancelled orders and stock corrections.</param>
/// <param name="InvoiceTime">To the minute. The file names no zone: taken as UTC.</param>
/// <param name="UnitPriceMicros">Of one piece, exact; negative on two bookkeeping lines.</param>
/// <param name="CustomerId">Empty when the line has none.</param>
internal readonly record struct OnlineRetailLine(
    long LineNumber,
    string InvoiceNo,
    string StockCode,
    string Description,
    long Quantity,
    DateTimeOffset InvoiceTime,
    long UnitPriceMicros,
    string CustomerId,
    string Country)
{
    /// <summary>An order that was cancelled, in whole or in part: its number begins with C.</summary>
    internal bool IsCancelled => InvoiceNo.StartsWith('C');
}
