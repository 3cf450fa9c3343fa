using WinBack.Core.Events;

namespace WinBack.Core.Policy.Reasons;

/// <summary>Validated <see cref="ReasonsConfig"/>: what is believed beforehand, and what each kind of evidence weighs.</summary>
public sealed class ReasonsModel
{
    private static readonly double[] DefaultPriors = [0.15, 0.2, 0.12, 0.13, 0.1, 0.3];

    /// <param name="config">Found right by <see cref="ReasonsValidator"/>.</param>
    internal ReasonsModel(ReasonsConfig config)
    {
        KnownFrom = config.KnownFrom;
        CodeOdds = config.CodeOdds;
        TextOdds = config.TextOdds;
        AnswerOdds = config.AnswerOdds;
        Likelihoods = new LikelihoodTable(config);
        double[] priors = [.. DefaultPriors];
        foreach ((string name, double prior) in config.Priors)
            if (Names.TryParse(name, out LapseReason reason)) priors[(int)reason - 1] = prior;
        double sum = priors.Sum();
        Priors = [.. priors.Select(prior => prior / sum)];
    }

    public double KnownFrom { get; }

    public double CodeOdds { get; }

    public double TextOdds { get; }

    public double AnswerOdds { get; }

    /// <summary>Shape [6], by reason from price to unknown; sums to 1.</summary>
    public IReadOnlyList<double> Priors { get; }

    internal LikelihoodTable Likelihoods { get; }
}
