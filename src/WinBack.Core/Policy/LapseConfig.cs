namespace WinBack.Core.Policy;

/// <summary>When a customer counts as lapsed (rules L4).</summary>
public sealed class LapseConfig
{
    /// <summary>Days without activity after which a customer is lapsed. 1 to 730; default 60.</summary>
    public int SilenceDays { get; set; } = 60;

    /// <summary>The same for customers of a product category.</summary>
    public Dictionary<string, int> SilenceDaysByCategory { get; set; } = [];

    /// <summary>Days without activity after which only advertising is left. 30 to 3,650; default 548 (18 months).</summary>
    public int MaxSilenceDays { get; set; } = 548;
}
