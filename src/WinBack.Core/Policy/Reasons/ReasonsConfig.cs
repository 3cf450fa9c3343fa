namespace WinBack.Core.Policy.Reasons;

/// <summary>How the reason of a lapse is weighed (rules L1); docs/REASONS.md says where the defaults come from.</summary>
public sealed class ReasonsConfig
{
    /// <summary>
    /// Probability from which the most likely reason counts as known; below it the reason is unknown, and is asked for
    /// (rules A5). 0.2 to 0.99; default 0.5.
    /// </summary>
    public double KnownFrom { get; set; } = 0.5;

    /// <summary>By how much a code given with the cancellation multiplies the odds of its reason. 1 to 100; default 25.</summary>
    public double CodeOdds { get; set; } = 25;

    /// <summary>The most by which free text may multiply or divide the odds of a reason against unknown. 1 to 100; default 40.</summary>
    public double TextOdds { get; set; } = 40;

    /// <summary>The same for an answer to the question why: code or words (rules A5). 1 to 100; default 60.</summary>
    public double AnswerOdds { get; set; } = 60;

    /// <summary>
    /// What is believed before anything is known of a customer, by reason: above 0 to 1, of any sum. Reasons left out keep
    /// their defaults: price 0.15, neglect 0.2, product_fit 0.12, support_friction 0.13, switching 0.1, unknown 0.3.
    /// </summary>
    public Dictionary<string, double> Priors { get; set; } = [];

    /// <summary>
    /// Likelihood ratios of behaviour, by clue and reason: 0.05 to 20, where 1 says nothing. Ratios left out keep their defaults.
    /// </summary>
    public Dictionary<string, Dictionary<string, double>> LikelihoodRatios { get; set; } = [];
}
