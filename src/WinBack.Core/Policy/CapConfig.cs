namespace WinBack.Core.Policy;

/// <summary>A frequency cap as given; see <see cref="FrequencyCap"/>.</summary>
public sealed class CapConfig
{
    /// <summary>Lower case letters, digits and underscores; unique.</summary>
    public string Name { get; set; } = "";

    /// <summary>overall, channel, category or action. Default overall.</summary>
    public string Scope { get; set; } = "overall";

    /// <summary>The one channel, category or action concerned; empty counts each on its own.</summary>
    public string Of { get; set; } = "";

    /// <summary>Touches. 1 to 100; left out with a minimum gap.</summary>
    public int Limit { get; set; }

    /// <summary>Length of the sliding window. 1 minute to 400 days. A cap has this, a period or a minimum gap.</summary>
    public TimeSpan Window { get; set; }

    /// <summary>day, week (from Monday) or month of the customer's calendar, or sequence. Empty for none.</summary>
    public string Period { get; set; } = "";

    /// <summary>Least time since the last counted touch. 1 minute to 400 days; zero for none.</summary>
    public TimeSpan MinGap { get; set; }

    /// <summary>reserved, sent, delivered or impression: what takes a place for good. Default reserved.</summary>
    public string Counts { get; set; } = "reserved";

    /// <summary>Whether transactional touches take a place too; they are never held back. Default false.</summary>
    public bool CountsTransactional { get; set; }
}
