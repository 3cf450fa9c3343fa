using WinBack.Core.Events;
using WinBack.Core.Policy.Sequences;
using WinBack.Core.Policy.Valuation;

namespace WinBack.Core.Policy;

/// <summary>A validated action. Fields mean what <see cref="ActionConfig"/> says; amounts are in units of the currency.</summary>
/// <param name="Order">Place in the playbook; breaks ties of equal value.</param>
/// <param name="ReasonRule">The rule that ties the action to its reasons, for answers: A1 to A5, or L1 for a mixture.</param>
/// <param name="Caps">The caps that concern the action.</param>
/// <param name="Step">The step of a sequence that it belongs to; null for none.</param>
public sealed record ActionModel(
    int Order,
    string Name,
    Channel Channel,
    ActionCategory Category,
    string Content,
    bool RequiresLapse,
    Choice<LapseReason> Reasons,
    string ReasonRule,
    Choice<Segment> Segments,
    Choice<ValueTier> Tiers,
    IReadOnlyList<FeatureCondition> Conditions,
    TimeSpan MinSinceLapse,
    TimeSpan? MaxSinceLapse,
    TimeSpan MinSinceFirstTouch,
    OfferModel? Offer,
    double ContactCost,
    double ResponseOddsRatio,
    double UnsubscribeProbability,
    IReadOnlyList<CapUse> Caps,
    StepPlace? Step = null)
{
    public double PriorStrength { get; init; } = 200;

    public double Lever { get; init; } = 1;

    public IReadOnlyList<ContextWeight> ContextWeights { get; init; } = [];

    /// <summary>Whether a cap counts within a period, whose bounds depend on the customer.</summary>
    public bool HasPeriodCaps { get; } = HasPeriod(Caps);

    /// <summary>Announces a product update (rules A6).</summary>
    public bool IsProductUpdate { get; init; }

    /// <summary>A touch leaves its place to one of higher priority that is due (rules C2).</summary>
    public int Priority { get; init; }

    public bool IsTransactional => Category == ActionCategory.Transactional;

    private static bool HasPeriod(IReadOnlyList<CapUse> caps) => caps.Any(cap => cap.Period != CapPeriod.None);
}
