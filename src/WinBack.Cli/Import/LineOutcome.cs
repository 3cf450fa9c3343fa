namespace WinBack.Cli.Import;

/// <summary>What became of a line of the file. A line that fits several is counted by the first of them.</summary>
internal enum LineOutcome
{
    /// <summary>Its value and pieces are in an event.</summary>
    InEvent,

    /// <summary>Nobody it could belong to (sales over the counter, stock corrections).</summary>
    NoCustomer,

    /// <summary>Postage, bank charges, discounts, manual bookings and the like: see <see cref="StockCodes"/>.</summary>
    NotGoods,

    /// <summary>A gift, or a booking: the price is zero or negative.</summary>
    NoPrice,

    /// <summary>Not more than zero pieces on an order, or not less on a cancelled one.</summary>
    WrongSign,
}
