namespace WinBack.Core.Policy.Capacities;

/// <summary>A scarce capacity as given (rules C6): so many units a period over all customers, or over those of one manager.</summary>
public sealed class CapacityConfig
{
    /// <summary>Lower case letters, digits and underscores; unique.</summary>
    public string Name { get; set; } = "";

    /// <summary>The actions that take of it.</summary>
    public List<string> Actions { get; set; } = [];

    /// <summary>Instead of actions: all actions of a channel.</summary>
    public string Channel { get; set; } = "";

    /// <summary>touches, or offer_cost: what the offer costs if it is taken, in the currency. Default touches.</summary>
    public string Unit { get; set; } = "touches";

    /// <summary>Units a period: touches, or units of the currency. Above 0, to 1,000,000,000.</summary>
    public decimal Limit { get; set; }

    /// <summary>overall, or owner: each manager who looks after accounts has so many. Default overall.</summary>
    public string Per { get; set; } = "overall";

    /// <summary>day, week (from Monday) or month of the calendar in <see cref="Zone"/>. Default week.</summary>
    public string Period { get; set; } = "week";

    /// <summary>IANA name of the zone in which the period begins, e.g. Europe/London.</summary>
    public string Zone { get; set; } = "";
}
