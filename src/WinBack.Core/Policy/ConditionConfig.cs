namespace WinBack.Core.Policy;

/// <summary>A condition on one feature as given, e.g. purchases_lifetime &gt;= 2.</summary>
public sealed class ConditionConfig
{
    /// <summary>Name of a feature, or churn_probability, or win_back_probability.</summary>
    public string Feature { get; set; } = "";

    /// <summary>One of &lt; &lt;= &gt; &gt;= == !=.</summary>
    public string Op { get; set; } = "";

    public double Value { get; set; }

    /// <summary>Whether a missing feature passes. Default false.</summary>
    public bool PassesWhenMissing { get; set; }
}
