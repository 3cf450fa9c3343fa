namespace WinBack.Core.Policy.Experiments;

/// <summary>Whom an experiment is about, as given; all customers by default.</summary>
public sealed class AudienceConfig
{
    /// <summary>Lapse reasons; empty for all.</summary>
    public List<string> Reasons { get; set; } = [];

    /// <summary>Segments; empty for all.</summary>
    public List<string> Segments { get; set; } = [];

    /// <summary>Value tiers: low, mid, high; empty for all.</summary>
    public List<string> Tiers { get; set; } = [];

    /// <summary>All must hold.</summary>
    public List<ConditionConfig> Conditions { get; set; } = [];
}
