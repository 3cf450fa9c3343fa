namespace WinBack.Core.Policy.Valuation;

/// <summary>What makes an action weigh more, or less, in a situation: one condition and the factor while it holds.</summary>
public sealed class ContextWeightConfig
{
    /// <summary>Name of a feature, or churn_probability, or win_back_probability.</summary>
    public string Feature { get; set; } = "";

    /// <summary>One of &lt; &lt;= &gt; &gt;= == !=.</summary>
    public string Op { get; set; } = "";

    public double Value { get; set; }

    /// <summary>Factor while the condition holds; factors of one action multiply. 0.01 to 100; default 1.</summary>
    public double Weight { get; set; } = 1;
}
