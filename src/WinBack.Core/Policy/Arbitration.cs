using WinBack.Core.Policy.Valuation;

namespace WinBack.Core.Policy;

/// <summary>Orders eligible actions by priority and turns down those that cost more than they bring (rules V1).</summary>
internal static class Arbitration
{
    /// <summary>The action with its value; null, and a rejection, when that is not positive (rules V3).</summary>
    internal static Candidate? Value(ActionModel action, PolicyContext c, ActionReview review)
    {
        ValueTerms terms = ValueTerms.Of(action, c, c.AsOf);
        string currency = c.Playbook.Currency;
        if (!IsWorthwhile(action, terms))
        {
            review.Reject(
                EligibilityStage.Value, terms.ReturnWith < terms.ReturnWithout ? "V3" : "V1",
                "net value " + Words.Amount(terms.Net, currency), "more than " + Words.Amount(0, currency), LapseThatChanges(action, c));
            return null;
        }

        string why = $"return {Words.Number(terms.ReturnWithout)} -> {Words.Number(terms.ReturnWith)}"
            + $" x {Words.Amount(terms.Value, currency)} a year - cost {Words.Amount(terms.Cost, currency)}"
            + $" = {Words.Amount(terms.Net, currency)}";
        if (terms.PriorityMicros != terms.NetMicros) why += $", ranked as {Words.Number(terms.Priority)}";
        return new Candidate(
            action.Name, action.Channel, action.IsTransactional, action.Offer?.Name ?? "", action.Content, terms.NetMicros, why,
            review.CloseTime, c.CapsOf(action), review.Window)
        {
            Terms = terms,
            Sequence = action.Step?.Sequence.Name ?? "",
            Step = action.Step?.Step.Name ?? "",
            OfferEnd = c.Offers.DateOf(action),
        };
    }

    /// <summary>Whether the action is worth sending at an instant to come. A promise of it would be none otherwise.</summary>
    internal static bool IsWorthwhileAt(DateTimeOffset time, ActionModel action, PolicyContext c) =>
        IsWorthwhile(action, ValueTerms.Of(action, c, time));

    /// <summary>
    /// Who is here would stay, and who has lapsed comes back, with another probability: an action that does not wait for the lapse may
    /// be worth sending only before it, or only after.
    /// </summary>
    internal static void Foresee(ActionModel action, PolicyContext c, ActionReview review)
    {
        if (LapseThatChanges(action, c) is not { } lapse) return;
        if (IsWorthwhileAt(c.AsOf, action, c)) review.ClosesAt(lapse);
        else review.WaitsFor(lapse);
    }

    /// <summary>The lapse to come, if the action is worth sending on one side of it only; else null.</summary>
    private static DateTimeOffset? LapseThatChanges(ActionModel action, PolicyContext c) =>
        !action.RequiresLapse && c.Lapse is { IsLapsed: false, Since: { } since }
        && IsWorthwhileAt(since, action, c) != IsWorthwhileAt(c.AsOf, action, c)
            ? since
            : null;

    /// <summary>Best first; of equals, the earlier one in the playbook.</summary>
    internal static void Rank(List<Candidate> candidates)
    {
        // An insertion sort: stable, and there are about ten.
        for (int i = 1; i < candidates.Count; i++)
        {
            Candidate candidate = candidates[i];
            int at = i;
            for (; at > 0 && candidates[at - 1].Terms.PriorityMicros < candidate.Terms.PriorityMicros; at--)
                candidates[at] = candidates[at - 1];
            candidates[at] = candidate;
        }
    }

    private static bool IsWorthwhile(ActionModel action, ValueTerms terms) => terms.NetMicros > 0 || action.IsTransactional;
}
