using WinBack.Core.Events;
using WinBack.Core.Features;
using WinBack.Core.Models;

namespace WinBack.Core.Decisions;

/// <summary>
/// Everything that scores at one moment. Immutable: what is served changes by exchanging one of these for the next, and a
/// decision takes one and keeps it, so that it never mixes two.
/// </summary>
public sealed class ServingModels
{
    private const int ChurnCanary = 1;
    private const int WinBackCanary = 2;
    private const int Arms = 4;
    private readonly Scorer?[] _scorers = new Scorer?[Arms];

    /// <exception cref="ArgumentException">A model wants a feature that the schema has not.</exception>
    public ServingModels(ServedModel churn, ServedModel winBack, FeatureSchema schema)
    {
        Churn = churn;
        WinBack = winBack;
        for (int arm = 0; arm < Arms; arm++)
        {
            var churnModel = (arm & ChurnCanary) != 0 ? churn.Canary : churn.Champion;
            var winBackModel = (arm & WinBackCanary) != 0 ? winBack.Canary : winBack.Champion;
            if (churnModel is not null && winBackModel is not null) _scorers[arm] = new Scorer(churnModel, winBackModel, schema);
        }

        if (churn.Challenger is not null || winBack.Challenger is not null)
            Shadow = new Scorer(churn.Challenger ?? churn.Champion, winBack.Challenger ?? winBack.Champion, schema);
        IsObserved = HasCanary || Shadow is not null || HasReference(churn) || HasReference(winBack);
    }

    public ServedModel Churn { get; }

    public ServedModel WinBack { get; }

    /// <summary>The champions; what decides for customers whom no rollout reaches.</summary>
    public Scorer Champion => _scorers[0]!;

    /// <summary>The challengers, with the champion where a model has none; null when neither has one.</summary>
    public Scorer? Shadow { get; }

    public bool HasCanary => Churn.Canary is not null || WinBack.Canary is not null;

    /// <summary>Whether anybody wants to see what was scored: there is a reference, a challenger or a canary.</summary>
    public bool IsObserved { get; }

    /// <summary>Which rollouts reach a customer; 0 for none. The same customer gets the same on every node.</summary>
    public int ArmOf(CustomerId customer) =>
        !HasCanary ? 0 : (Reaches(Churn, customer) ? ChurnCanary : 0) | (Reaches(WinBack, customer) ? WinBackCanary : 0);

    /// <param name="arm">Of <see cref="ArmOf"/>.</param>
    public Scorer ScorerOf(int arm) => _scorers[arm]!;

    /// <summary>What decides for a customer.</summary>
    public Scorer ScorerOf(CustomerId customer) => ScorerOf(ArmOf(customer));

    /// <summary>Whether a model's canary scores in an arm.</summary>
    /// <param name="name">One of <see cref="ServedNames"/>.</param>
    public static bool IsCanary(string name, int arm) => (arm & (name == ServedNames.Churn ? ChurnCanary : WinBackCanary)) != 0;

    /// <param name="name">One of <see cref="ServedNames"/>.</param>
    public ServedModel Of(string name) => name == ServedNames.Churn ? Churn : WinBack;

    private static bool HasReference(ServedModel model) =>
        model.Champion.Manifest?.Card is { } card && (card.FeatureHistograms.Count > 0 || card.PredictionHistogram is not null);

    private static bool Reaches(ServedModel model, CustomerId customer) =>
        model.Rollout is { } rollout && CanaryBucket.Reaches(rollout, customer);
}
