using WinBack.Core.Events;

namespace WinBack.Core.Policy.Experiments;

/// <summary>A validated audience. All must hold; nothing named means all.</summary>
public sealed record AudienceModel(
    Choice<LapseReason> Reasons, Choice<Segment> Segments, Choice<ValueTier> Tiers, IReadOnlyList<FeatureCondition> Conditions)
{
    internal bool Includes(PolicyContext c)
    {
        if (!Segments.Allows(c.Segment) || !Tiers.Allows(c.Value.Tier) || !Reasons.Allows(c.Reason.Reason)) return false;
        foreach (FeatureCondition condition in Conditions)
            if (!condition.Holds(AudienceRules.Observe(condition, c))) return false;
        return true;
    }
}
