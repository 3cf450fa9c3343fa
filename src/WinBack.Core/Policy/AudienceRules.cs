using WinBack.Core.Policy.Sequences;

namespace WinBack.Core.Policy;

/// <summary>Whom an action is for: segment (rules L2), value tier (rules L3) and conditions on features.</summary>
internal static class AudienceRules
{
    internal static void Judge(ActionModel action, PolicyContext c, ActionReview review)
    {
        Cohort cohort = c.History.CohortFor(action);
        if (!action.Segments.Allows(cohort.Segment))
            review.Reject(EligibilityStage.Audience, "L2", Names.Of(cohort.Segment), action.Segments.Text);
        if (!action.Tiers.Allows(cohort.Tier))
            review.Reject(EligibilityStage.Audience, "L3", Names.Of(cohort.Tier), action.Tiers.Text);
        Conditions(action.Conditions, c, review);
    }

    internal static void Conditions(IReadOnlyList<FeatureCondition> conditions, PolicyContext c, ActionReview review)
    {
        foreach (FeatureCondition condition in conditions)
        {
            double observed = Observe(condition, c);
            if (condition.Holds(observed)) continue;
            review.Reject(
                EligibilityStage.Audience, condition.Feature,
                double.IsNaN(observed) ? "missing" : Words.Number(observed), condition.ToString());
        }
    }

    internal static double Observe(FeatureCondition condition, PolicyContext c) => condition.Index switch
    {
        FeatureCondition.ChurnProbability => c.Scores.Churn,
        FeatureCondition.WinBackProbability => c.Scores.WinBack,
        _ => c.Features[condition.Index],
    };
}
