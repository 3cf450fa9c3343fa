using WinBack.Core.Events;
using WinBack.Core.Policy.Updates;
using WinBack.Core.Policy.Valuation;

namespace WinBack.Core.Policy;

/// <summary>Checks the actions of a playbook.</summary>
internal sealed class ActionValidator(PlaybookConfig playbook, FieldChecks check)
{
    internal void Validate()
    {
        if (playbook.Actions.Count == 0) check.Add("actions", "there are none", "list at least one action");
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < playbook.Actions.Count; i++)
        {
            ActionConfig action = playbook.Actions[i];
            string path = $"actions[{i}]";
            check.Name(path + ".name", action.Name);
            if (!names.Add(action.Name)) check.Add(path + ".name", $"'{action.Name}' is taken", "give each action a name of its own");
            check.OneOf<Channel>(path + ".channel", action.Channel);
            check.OneOf<ActionCategory>(path + ".category", action.Category);
            if (action.Content.Length == 0) check.Add(path + ".content", "is missing", "name the template to send");
            Audience(path, action);
            Timing(path, action);
            Costs(path, action);
            if (action.Offer is { } offer) Offer(path + ".offer", action, offer);
        }
    }

    private void Audience(string path, ActionConfig action)
    {
        check.All<LapseReason>(path + ".reasons", action.Reasons);
        check.All<Segment>(path + ".segments", action.Segments);
        check.All<ValueTier>(path + ".tiers", action.Tiers);
        UpdateActionChecks.Check(path, action, playbook, check);
        Conditions(path, action.Conditions);
    }

    internal void Conditions(string path, List<ConditionConfig> conditions)
    {
        for (int i = 0; i < conditions.Count; i++)
        {
            ConditionConfig condition = conditions[i];
            string at = $"{path}.conditions[{i}]";
            check.Comparison(at, condition.Feature, condition.Op, condition.Value);
        }
    }

    private void Timing(string path, ActionConfig action)
    {
        check.Range(path + ".min_lapse_days", action.MinLapseDays, 0, 3_650, "days");
        if (action.MaxLapseDays <= action.MinLapseDays)
            check.Add(path + ".max_lapse_days", $"{action.MaxLapseDays} is not after min_lapse_days", "write a later day, or leave it out");
        if (action.MinSequenceDays != 0)
            check.Range(
                path + ".min_sequence_days", action.MinSequenceDays, 1, playbook.Sequence.Days - 1,
                "days, within the sequence", "S1");
        if (action.RequiresLapse && action.MinLapseDays >= playbook.Lapse.MaxSilenceDays && action.Channel != "advertisement")
            check.Add(
                path + ".min_lapse_days", "is never reached: after max_silence_days only advertising is left", "write less", "L4");
    }

    private void Costs(string path, ActionConfig action)
    {
        check.Amount(path + ".contact_cost", action.ContactCost);
        check.Range(path + ".response_odds_ratio", action.ResponseOddsRatio, 0.1, 20, "");
        check.Range(path + ".prior_strength", action.PriorStrength, 1, 100_000, "expected returns");
        check.Range(path + ".lever", action.Lever, 0.01, 100, "", "V1");
        for (int i = 0; i < action.ContextWeights.Count; i++) ContextWeight.Check($"{path}.context_weights[{i}]", action.ContextWeights[i], check);
        check.Range(path + ".unsubscribe_probability", action.UnsubscribeProbability, 0, 1, "");
    }

    internal void Offer(string path, ActionConfig action, OfferConfig offer)
    {
        check.Name(path + ".name", offer.Name);
        check.Amount(path + ".cost", offer.Cost);
        check.Range(path + ".cost_of_order", offer.CostOfOrder, 0, 1, "");
        if (offer.IsDiscount && action.Reasons.Contains("support_friction"))
            check.Add(
                path, "customers lost to support friction get no discount", "leave the offer or that reason out", "A3");
        if (offer.IsDiscount && action.Reasons.Contains("switching"))
            check.Add(
                path, "customers who switch get a comparison, not a discount", "leave the offer or that reason out", "A4");
        if (offer.IsDiscount && action.Category == "transactional")
            check.Add(
                path, "a discount makes a message marketing, which consent and caps hold back",
                "make it an action of its own with category marketing", "C5");
    }
}
