using WinBack.Core.Policy.Capacities;

namespace WinBack.Core.Policy;

/// <summary>What the playbook says about one customer.</summary>
/// <param name="Ranking">Eligible actions, best first.</param>
/// <param name="Rejections">Of the others, in the order of the playbook and of the stages.</param>
/// <param name="Upcoming">Rejected actions that pass later by time alone.</param>
public sealed record PolicyReview(
    IReadOnlyList<Candidate> Ranking, IReadOnlyList<Rejection> Rejections, IReadOnlyList<UpcomingAction> Upcoming)
{
    /// <summary>What was asked of scarce capacities.</summary>
    public IReadOnlyList<CapacityAsk> Asks { get; init; } = [];

    /// <summary>Puts every action of the playbook to the rules.</summary>
    public static PolicyReview Of(PolicyContext context)
    {
        var rejections = new List<Rejection>();
        var ranking = new List<Candidate>();
        var upcoming = new List<UpcomingAction>();
        var asks = new List<CapacityAsk>();
        foreach (ActionModel listed in context.Playbook.Actions)
        {
            ActionModel action = context.Draw.ActionFor(listed);
            var review = new ActionReview(action, rejections);
            Eligibility.Judge(action, context, review);
            Arbitration.Foresee(action, context, review);
            if (!review.IsRejected && Arbitration.Value(action, context, review) is { } worthwhile
                && CapacityRules.Judge(worthwhile, action, context, review, asks) is { } candidate)
            {
                ranking.Add(candidate);
                continue;
            }

            // To a customer who is held out time brings nothing.
            if (context.Draw.HeldOutBy is not null && !action.IsTransactional) continue;
            if (review.EligibleTime is { } time && Arbitration.IsWorthwhileAt(time, action, context))
                upcoming.Add(new UpcomingAction(action.Name, time, review.CloseTime, context.CapsOf(action), review.Window));
        }

        Arbitration.Rank(ranking);
        context.Draw.Order(ranking);
        return new PolicyReview(ranking, rejections, upcoming) { Asks = asks };
    }

    /// <summary>Turns every action down for one reason that lies in the customer and that time does not change.</summary>
    public static PolicyReview RejectAll(PlaybookModel playbook, EligibilityStage stage, string rule, string observed, string threshold)
    {
        var rejections = new List<Rejection>(playbook.Actions.Count);
        foreach (ActionModel action in playbook.Actions)
            rejections.Add(new Rejection(action.Name, action.Channel, stage, rule, observed, threshold, EligibleTime: null));
        return new PolicyReview([], rejections, []);
    }
}
