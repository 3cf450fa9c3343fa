namespace WinBack.Core.Policy;

/// <summary>
/// Validated <see cref="ValueConfig"/>. Indexes are places in the feature vector, -1 for none; amounts are in units of
/// the currency.
/// </summary>
public sealed record ValueModel(
    int OrderValueIndex,
    int OrdersPerYearIndex,
    int MonthlyPriceIndex,
    double Margin,
    double Floor,
    double Ceiling,
    double MidTierFrom,
    double HighTierFrom,
    double UnsubscribeCost,
    double MaxPaybackMonths);
