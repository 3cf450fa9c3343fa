namespace WinBack.Core.Policy;

/// <summary>An offer as given. What it costs is paid when the customer returns.</summary>
public sealed class OfferConfig
{
    public string Name { get; set; } = "";

    /// <summary>A price reduction; never the opener of a sequence (rules S2). Default true.</summary>
    public bool IsDiscount { get; set; } = true;

    /// <summary>Fixed cost, in units of the currency. Default 0.</summary>
    public decimal Cost { get; set; }

    /// <summary>Share of one order's value. 0 to 1; default 0.</summary>
    public double CostOfOrder { get; set; }

    /// <summary>
    /// Days it can be used from the touch on. So long nothing else is offered (rules S6); with a date it is the last day that
    /// counts, by the customer's calendar. 1 to 90; default 30.
    /// </summary>
    public int Days { get; set; } = 30;

    /// <summary>
    /// The message names the date. It is fixed for the customer once sent, and the same offer is not issued again (rules S5).
    /// Default false.
    /// </summary>
    public bool IsDated { get; set; }

    /// <summary>The message on the day before a dated offer of this name ends: the last word on it (rules S5). Default false.</summary>
    public bool IsReminder { get; set; }

    /// <summary>The code to redeem it with; empty for none.</summary>
    public string Code { get; set; } = "";

    /// <summary>
    /// Last day (UTC) on which the shop takes the code, "2026-12-31": no offer is sent that lasts longer (rules S7). Empty for no end.
    /// </summary>
    public string CodeUntil { get; set; } = "";
}
