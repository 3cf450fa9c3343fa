namespace WinBack.Core.Policy.Experiments;

/// <summary>What counts as a success, as given: fixed before the experiment begins (rules E1).</summary>
public sealed class MetricConfig
{
    /// <summary>
    /// returned (activity after a lapse, whatever brought it), or an outcome: opened, clicked, replied, converted. Default
    /// returned: the only one that a customer who gets nothing can have.
    /// </summary>
    public string Success { get; set; } = "returned";

    /// <summary>How long after the first exposure it counts. 1 hour to 180 days; default 30 days.</summary>
    public TimeSpan Within { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Probability of an alarm without cause, however often one looks. 0.001 to 0.2; default 0.05.</summary>
    public double Alpha { get; set; } = 0.05;

    /// <summary>
    /// Of a gated experiment: a loss of the success rate that is borne while it widens, as a difference of rates; at 100 % it
    /// must be better. 0.001 to 0.5; default 0.02.
    /// </summary>
    public double Tolerance { get; set; } = 0.02;

    /// <summary>Of a gated experiment: exposures of the treatment that a step needs. 100 to 1,000,000; default 500.</summary>
    public int MinExposures { get; set; } = 500;
}
