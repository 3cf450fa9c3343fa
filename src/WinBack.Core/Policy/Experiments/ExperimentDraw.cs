using WinBack.Core.Events;
using WinBack.Core.Experiments;

namespace WinBack.Core.Policy.Experiments;

/// <summary>
/// What the experiments of the playbook mean for one request: which variants the customer is in, what they make of the
/// actions, and whether it is held out. The holdout comes first: who is held out is in no experiment, so that the holdout
/// stays what nothing was tried on.
/// </summary>
public sealed class ExperimentDraw
{
    private static readonly ExperimentDraw Nothing = new(ExperimentPlan.None, [], [], null);
    private readonly ExperimentPlan _plan;
    private readonly IReadOnlyList<(ExperimentModel Experiment, VariantModel Variant)> _variants;

    private ExperimentDraw(
        ExperimentPlan plan,
        IReadOnlyList<(ExperimentModel Experiment, VariantModel Variant)> variants,
        IReadOnlyList<ExperimentAssignment> assignments,
        HoldoutModel? heldOutBy)
    {
        (_plan, _variants) = (plan, variants);
        (Assignments, HeldOutBy) = (assignments, heldOutBy);
    }

    public IReadOnlyList<ExperimentAssignment> Assignments { get; }

    /// <summary>Null when the customer is not held out.</summary>
    public HoldoutModel? HeldOutBy { get; }

    /// <summary>Whether a variant says which channels are tried first.</summary>
    internal bool OrdersChannels
    {
        get
        {
            foreach ((_, VariantModel variant) in _variants)
                if (variant.ChannelOrder.Count > 0) return true;
            return false;
        }
    }

    internal static ExperimentDraw Of(CustomerId customer, PolicyContext c)
    {
        ExperimentPlan plan = c.Playbook.Experiments;
        if (plan.IsEmpty) return Nothing;
        if (plan.Holdout.Holds(customer))
            return new ExperimentDraw(
                plan, [], [new(ExperimentAssignment.Holdout, ExperimentAssignment.Holdout, GateSteps.Last, plan.Holdout.Probability)],
                plan.Holdout);
        var variants = new List<(ExperimentModel, VariantModel)>();
        var assignments = new List<ExperimentAssignment>();
        foreach (ExperimentModel experiment in plan.Experiments)
        {
            if (!experiment.RunsAt(c.AsOf) || !experiment.Reaches(customer) || !experiment.Audience.Includes(c)) continue;
            // Only who is away can come back.
            if (experiment.Metric.Success == SuccessKind.Returned && !c.Lapse.IsLapsed) continue;
            VariantModel variant = experiment.VariantOf(customer);
            variants.Add((experiment, variant));
            assignments.Add(new(
                experiment.Id, variant.Name, experiment.Stage.Percent, experiment.ShareOf(variant), experiment.Metric.Success,
                experiment.Metric.Within));
        }

        return new ExperimentDraw(plan, variants, assignments, null);
    }

    /// <summary>The action as the customer's variants have it. An action is changed by one layer only; the validator sees to it.</summary>
    internal ActionModel ActionFor(ActionModel listed)
    {
        foreach ((_, VariantModel variant) in _variants)
            if (!variant.IsControl && variant.Replaced[listed.Order] is { } replaced) return replaced;
        return listed;
    }

    /// <summary>Turns down what a variant forbids, and what only other variants have.</summary>
    internal void Judge(ActionModel action, ActionReview review)
    {
        if (_plan.Experiments.Count == 0) return;
        bool isThere = !_plan.Extra[action.Order];
        foreach ((ExperimentModel experiment, VariantModel variant) in _variants)
        {
            if (variant.IsControl) continue;
            isThere |= variant.Added[action.Order];
            if (variant.Forbidden[action.Order])
                review.Reject(EligibilityStage.Experiment, "E1", $"{experiment.Name}: {variant.Name}", "a variant that allows it");
        }

        if (!isThere) review.Reject(EligibilityStage.Experiment, "E1", "in no variant that adds it", "a variant that adds it");
    }

    /// <summary>Puts the channels first that a variant wants first; the order of the others stays.</summary>
    internal void Order(List<Candidate> ranking)
    {
        foreach ((_, VariantModel variant) in _variants)
        {
            if (variant.ChannelOrder.Count == 0) continue;
            Candidate[] ordered = [.. ranking.OrderBy(c => PlaceOf(c.Channel, variant.ChannelOrder))];
            ranking.Clear();
            ranking.AddRange(ordered);
        }
    }

    private static int PlaceOf(Channel channel, IReadOnlyList<Channel> order)
    {
        for (int i = 0; i < order.Count; i++)
            if (order[i] == channel) return i;
        return order.Count;
    }
}
