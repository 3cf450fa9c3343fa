namespace WinBack.Core.Policy;

/// <summary>
/// Finds actions that no customer can ever get, whatever happens, and fields that nobody looks at. Each check is a proof
/// that an action is never sent; there may be other reasons why one is not.
/// </summary>
internal sealed class UnreachableActions(PlaybookConfig playbook, FieldChecks check)
{
    private const double MonthsPerYear = 12;

    /// <summary>Odds ratios below this are no values at all; told by the field check.</summary>
    private const double LeastOddsRatio = 0.1;

    internal void Check()
    {
        for (int i = 0; i < playbook.Actions.Count; i++)
        {
            ActionConfig action = playbook.Actions[i];
            string path = $"actions[{i}]";
            if (!action.RequiresLapse) WithoutLapse(path, action);
            if (ConditionBounds.Contradicted(action.Conditions) is { } feature)
                check.Add(path + ".conditions", $"no value of {feature} meets them all", "correct one of them");
            if (IsTransactional(action)) continue;
            if (action.MinSequenceDays > 0 && action.MinSequenceDays < playbook.Sequence.Days) Step(path, action);
            Worth(path, action);
        }

        DiscountTouch();
    }

    private static bool IsTransactional(ActionConfig action) => action.Category == "transactional";

    private bool CanOpen(ActionConfig action) =>
        !IsTransactional(action) && action.MinSequenceDays <= 0 && action.Offer is not { IsDiscount: true }
        && !playbook.Sequences.Exists(s => s.Steps.Skip(1).Any(step => step.Actions.Contains(action.Name)));

    private void WithoutLapse(string path, ActionConfig action)
    {
        const string fix = "leave it out, or require a lapse";
        const string problem = "is not looked at: the action does not wait for a lapse";
        if (action.MinLapseDays > 0) check.Add(path + ".min_lapse_days", problem, fix, "S1");
        if (action.MaxLapseDays is not null) check.Add(path + ".max_lapse_days", problem, fix, "S1");
        if (action.Reasons.Count > 0) check.Add(path + ".reasons", problem, fix, "L1");
    }

    /// <summary>A later step needs an action that may come first, and room after it.</summary>
    private void Step(string path, ActionConfig action)
    {
        if (!playbook.Actions.Exists(CanOpen))
        {
            check.Add(
                path + ".min_sequence_days", "is never reached: no action may be the first touch",
                "add one without min_sequence_days and without a discount", "S1");
            return;
        }

        if (!action.RequiresLapse || playbook.Actions.Exists(a => CanOpen(a) && !a.RequiresLapse)) return;
        int earliest = playbook.Actions.Where(CanOpen).Min(a => a.MinLapseDays) + action.MinSequenceDays;
        int end = Math.Min(
            action.MaxLapseDays ?? int.MaxValue, action.Channel == "advertisement" ? int.MaxValue : playbook.Lapse.MaxSilenceDays);
        // A last day before the first one is told already.
        if (earliest >= end && end > action.MinLapseDays)
            check.Add(
                path + ".min_sequence_days", $"comes after the last day: day {earliest} of the lapse at the earliest, and day {end} is too late",
                "write fewer days, or a later max_lapse_days", "S1");
    }

    private void Worth(string path, ActionConfig action)
    {
        if (action.ResponseOddsRatio < LeastOddsRatio) return;
        // The odds ratio r adds most to the probability p = 1 / (1 + sqrt r): (sqrt r - 1) / (sqrt r + 1).
        double root = Math.Sqrt(action.ResponseOddsRatio);
        double most = (root - 1) / (root + 1) * (double)playbook.Value.Ceiling;
        double cost = (double)action.ContactCost + (action.UnsubscribeProbability * (double)playbook.Value.UnsubscribeCost);
        if (most <= cost)
            check.Add(
                path + ".response_odds_ratio",
                FormattableString.Invariant($"is never worth a touch: it brings at most {Math.Max(most, 0):0.00}, and a touch costs {cost:0.00}"),
                "write the odds ratio that the touch has, above 1, or a lower cost", "V1");
        if (action.Offer is { } offer && (double)offer.Cost * MonthsPerYear > playbook.Value.MaxPaybackMonths * (double)playbook.Value.Ceiling)
            check.Add(
                path + ".offer.cost", FormattableString.Invariant($"{offer.Cost} never pays back within {playbook.Value.MaxPaybackMonths} months"),
                "write a lower cost", "V2");
    }

    private void DiscountTouch()
    {
        int index = playbook.Actions.FindIndex(a => a.Offer is { IsDiscount: true } && !IsTransactional(a));
        if (index < 0) return;
        SequenceConfig sequence = playbook.Sequence;
        if (sequence.DiscountFromTouch > sequence.MaxTouches && sequence.MaxTouches > 0)
            check.Add(
                "sequence.discount_from_touch",
                FormattableString.Invariant($"touch {sequence.DiscountFromTouch} is never reached: a sequence has {sequence.MaxTouches}"),
                "write an earlier touch, or allow more", "S1");
        if (!playbook.Actions.Exists(CanOpen) && playbook.Actions.TrueForAll(a => a.MinSequenceDays <= 0))
            check.Add(
                $"actions[{index}].offer", "a discount would be the first touch: there is no action without one that may come before",
                "add one without min_sequence_days and without a discount", "S2");
    }
}
