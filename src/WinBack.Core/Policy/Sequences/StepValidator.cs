namespace WinBack.Core.Policy.Sequences;

/// <summary>Checks the steps of one sequence: order, honesty, and whether each can be reached.</summary>
internal sealed class StepValidator(PlaybookConfig playbook, FieldChecks check)
{
    private const int MostSteps = 5;
    private const int MostCartMails = 3;
    private static readonly TimeSpan MostDays = TimeSpan.FromDays(60);

    internal void Validate(string path, TouchSequenceConfig sequence)
    {
        if (sequence.Steps.Count is 0 or > MostSteps)
            check.Add(path + ".steps", $"has {sequence.Steps.Count} steps", $"write 1 to {MostSteps}", "S1");
        int mails = 0;
        for (int i = 0; i < sequence.Steps.Count; i++)
        {
            string at = $"{path}.steps[{i}]";
            StepConfig step = sequence.Steps[i];
            check.Name(at + ".name", step.Name);
            if (sequence.Steps.FindIndex(s => s.Name == step.Name) < i)
                check.Add(at + ".name", $"'{step.Name}' is taken", "give each step a name of its own");
            Time(at, sequence, i);
            Capped(at, step, i);
            if (step.Actions.Count == 0) check.Add(at + ".actions", "there are none", "name at least one action");
            foreach (string name in step.Actions) Action(at + ".actions", name, sequence, i);
            if (sequence.Trigger == "abandoned_cart" && ActionsOf(step).Any(a => a.Channel == "email") && ++mails > MostCartMails)
                check.Add(at, "is a fourth mail about an abandoned cart", "leave it out", "A9");
        }

        Reached(path, sequence);
    }

    private void Time(string at, TouchSequenceConfig sequence, int index)
    {
        StepConfig step = sequence.Steps[index];
        check.Range(at + ".at", step.At, TimeSpan.Zero, MostDays, "", "S1");
        check.Range(at + ".gap", step.Gap, TimeSpan.Zero, MostDays, "", "S1");
        if (index > 0 && step.At <= sequence.Steps[index - 1].At)
            check.Add(at + ".at", "is not later than the step before", "write steps in the order of their days", "S1");
        if (index == 0 && step.Gap > TimeSpan.Zero)
            check.Add(at + ".gap", "is not looked at: nothing comes before the first step", "leave it out", "S1");
        TimeSpan earliest = step.At;
        for (int i = 1; i <= index; i++)
            if (sequence.Steps[0].At + Total(sequence, i, index) is var chained && chained > earliest) earliest = chained;
        if (earliest.TotalDays >= sequence.Days)
            check.Add(
                at + ".at",
                FormattableString.Invariant($"comes after the last day: day {earliest.TotalDays:0.#} at the earliest, of {sequence.Days}"),
                "write an earlier day, shorter gaps, or a longer sequence", "S1");
    }

    /// <summary>What the gaps from one step to another add up to.</summary>
    private static TimeSpan Total(TouchSequenceConfig sequence, int from, int to)
    {
        TimeSpan sum = sequence.Steps[from - 1].At - sequence.Steps[0].At;
        for (int i = from; i <= to; i++) sum += sequence.Steps[i].Gap;
        return sum;
    }

    private void Capped(string at, StepConfig step, int index)
    {
        CappedPolicy? policy = check.OneOf<CappedPolicy>(at + ".on_capped", step.OnCapped);
        if (index == 0 && policy is CappedPolicy.Skip or CappedPolicy.End)
            check.Add(
                at + ".on_capped", "the first step cannot be left out: without it the sequence does not begin", "write defer or substitute", "S1");
        int channels = ActionsOf(step).Select(a => a.Channel).Distinct().Count();
        if (channels > 1 && policy != CappedPolicy.Substitute)
            check.Add(
                at + ".on_capped", "capped on one channel, the step would take another",
                "write substitute, or name actions of one channel", "C2");
        if (channels == 1 && policy == CappedPolicy.Substitute)
            check.Add(at + ".on_capped", "there is no other channel to substitute", "add an action of another channel, or write defer", "C2");
        if (step.SkipWhen is not ("" or "responded"))
            check.Add(at + ".skip_when", $"'{step.SkipWhen}' is not known", "write responded, or leave it out");
        if (step.SkipWhen.Length > 0 && index == 0)
            check.Add(at + ".skip_when", "there is nothing to respond to before the first step", "leave it out", "S1");
    }

    private void Action(string at, string name, TouchSequenceConfig sequence, int index)
    {
        if (playbook.Actions.Find(a => a.Name == name) is not { } action)
        {
            check.Add(at, $"there is no action '{name}'", "name an action of this playbook");
            return;
        }

        if (action.Offer is { IsDiscount: true } && index + 1 < playbook.Sequence.DiscountFromTouch)
            check.Add(
                at, $"'{name}' carries a discount, and this is touch {index + 1}",
                $"write an action without one; discounts come from touch {playbook.Sequence.DiscountFromTouch} on", "S2");
        if (action.Category == "transactional")
            check.Add(at, $"'{name}' is transactional: it waits for no sequence", "name a marketing action", "C5");
        if (action.MinSequenceDays > 0)
            check.Add(at, $"'{name}' has min_sequence_days beside the day of its step", "leave min_sequence_days out", "S1");
        if (sequence.Trigger == "abandoned_cart" && action.RequiresLapse)
            check.Add(
                at, $"'{name}' waits for a lapse, and whoever left a cart behind has not lapsed", "write requires_lapse: false", "A9");
        if (Unmet(action, sequence) is { } field)
            check.Add(at, $"'{name}' is never sent: its {field} are none of the sequence's", $"correct the {field}", "L5");
        StepReach.Check(at, sequence, index, action, check);
    }

    private static string? Unmet(ActionConfig action, TouchSequenceConfig sequence)
    {
        if (AreApart(action.Segments, sequence.Segments)) return "segments";
        if (AreApart(action.Reasons, sequence.Reasons)) return "reasons";
        return AreApart(action.Tiers, sequence.Tiers) ? "tiers" : null;
    }

    private static bool AreApart(List<string> one, List<string> other) =>
        one.Count > 0 && other.Count > 0 && !one.Exists(other.Contains);

    /// <summary>A cap over all channels that lets fewer touches through than there are steps, in the time that there is.</summary>
    private void Reached(string path, TouchSequenceConfig sequence)
    {
        if (sequence.Steps.Count > playbook.Sequence.MaxTouches && sequence.Days <= playbook.Sequence.Days)
            check.Add(
                path + ".steps", $"step {playbook.Sequence.MaxTouches + 1} is never reached: max_touches is {playbook.Sequence.MaxTouches}",
                "write fewer steps, or allow more touches", "S1");
        foreach (CapConfig cap in playbook.Caps)
            if (cap.Scope is "overall" or "category" && cap.Of is "" or "marketing" && cap.Limit > 0 && cap.Limit < sequence.Steps.Count
                && cap.Window.TotalDays >= sequence.Days)
                check.Add(
                    path + ".steps",
                    $"step {cap.Limit + 1} is never reached: cap {cap.Name} allows {cap.Limit} touches in {cap.Window.TotalDays:0.#} d",
                    "write fewer steps, or a wider cap", "S1");
    }

    private IEnumerable<ActionConfig> ActionsOf(StepConfig step) => playbook.Actions.Where(a => step.Actions.Contains(a.Name));
}
