namespace WinBack.Core.Policy.Experiments;

/// <summary>An experiment as given (rules E1).</summary>
public sealed class ExperimentConfig
{
    /// <summary>Lower case letters, digits and underscores; unique.</summary>
    public string Name { get; set; } = "";

    /// <summary>What is expected to happen and why, in a sentence: written before, so that it cannot follow the result.</summary>
    public string Hypothesis { get; set; } = "";

    /// <summary>Chooses who gets which variant. A changed experiment needs another salt: it is another experiment then.</summary>
    public string Salt { get; set; } = "";

    /// <summary>Experiments of one layer exclude each other; layers are independent. Default main.</summary>
    public string Layer { get; set; } = "main";

    /// <summary>Where its share of the layer begins, in percent. 0 to 100; default 0.</summary>
    public double From { get; set; }

    /// <summary>Its share of the layer's customers, in percent. Above 0, to 100; default 100.</summary>
    public double Share { get; set; } = 100;

    public AudienceConfig Audience { get; set; } = new();

    /// <summary>Two or more; one of them is named control and changes nothing.</summary>
    public List<VariantConfig> Variants { get; set; } = [];

    public MetricConfig Metric { get; set; } = new();

    /// <summary>First day, "2026-03-01" (UTC).</summary>
    public string Start { get; set; } = "";

    /// <summary>The day on which it is over, "2026-04-01" (UTC).</summary>
    public string End { get; set; } = "";

    /// <summary>
    /// The treatment begins at 1 % of the experiment's customers and goes on to 5, 25 and 100 % while it does no harm; it
    /// goes off by itself when it does (rules E3). Needs exactly one variant beside the control. Default false.
    /// </summary>
    public bool Gated { get; set; }
}
