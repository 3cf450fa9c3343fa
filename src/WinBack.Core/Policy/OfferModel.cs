namespace WinBack.Core.Policy;

/// <summary>A validated offer. <paramref name="Cost"/> is in units of the currency.</summary>
/// <param name="CostOfOrder">Share of one order's value, 0 to 1.</param>
public sealed record OfferModel(string Name, bool IsDiscount, double Cost, double CostOfOrder)
{
    /// <summary>How long it can be used.</summary>
    public TimeSpan Lasts { get; init; } = TimeSpan.FromDays(30);

    public bool IsDated { get; init; }

    public bool IsReminder { get; init; }

    /// <summary>"" for none.</summary>
    public string Code { get; init; } = "";

    /// <summary>From which (UTC) the code is refused; null for never.</summary>
    public DateTimeOffset? CodeEnd { get; init; }

    /// <param name="orderValue">In units of the currency.</param>
    public double CostFor(double orderValue) => Cost + (CostOfOrder * orderValue);
}
