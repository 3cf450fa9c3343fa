namespace WinBack.Core.Experiments;

/// <summary>What is to be known of an experiment to read its counts.</summary>
/// <param name="Id">Name and salt.</param>
/// <param name="Variants">Names and shares (0 to 1); one is the control. Of a gated one the step says the shares.</param>
/// <param name="Control">Name of the control.</param>
public sealed record ExperimentDesign(
    string Id, IReadOnlyList<(string Name, double Share)> Variants, string Control, bool IsGated, MetricModel Metric)
{
    /// <summary>The share of a variant at a step of the gate.</summary>
    public double ShareOf(string variant, int percent)
    {
        if (IsGated) return variant == Control ? 1 - (percent / 100.0) : percent / 100.0;
        foreach ((string name, double share) in Variants)
            if (name == variant) return share;
        return 0;
    }
}
