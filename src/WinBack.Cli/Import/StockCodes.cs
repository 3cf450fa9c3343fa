namespace WinBack.Cli.Import;

/// <summary>
/// Stock codes of UCI Online Retail that are not goods. They are left out of the amounts, because what a customer
/// spends on goods is what tells of interest; a discount booking is no refund, and postage says where somebody lives.
/// </summary>
internal static class StockCodes
{
    private static readonly HashSet<string> NotGoods = new(StringComparer.OrdinalIgnoreCase)
    {
        "POST", // postage
        "DOT", // postage of the web shop
        "C2", // carriage
        "M", // manual booking
        "D", // discount
        "S", // samples
        "B", // bad debt
        "BANK CHARGES",
        "AMAZONFEE",
        "CRUK", // commission of a charity
    };

    internal static bool IsGoods(string stockCode) => !NotGoods.Contains(stockCode);
}
