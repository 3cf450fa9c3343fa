using WinBack.Core.Events;

namespace WinBack.Core.Policy.Experiments;

/// <summary>Checks what a variant changes.</summary>
internal sealed class VariantValidator(PlaybookConfig playbook, FieldChecks check)
{
    private const string Rule = "E1";

    /// <summary>Names of the actions that variants of the experiment change.</summary>
    internal static IEnumerable<string> Changed(ExperimentConfig experiment) => experiment.Variants.SelectMany(Changed).Distinct();

    internal void Validate(string path, VariantConfig variant)
    {
        bool changes = Changed(variant).Any() || variant.ChannelOrder.Count > 0;
        if (variant.Name == VariantConfig.Control && changes)
            check.Add(path, "the control changes something", "move it to another variant", Rule);
        if (variant.Name != VariantConfig.Control && !changes)
            check.Add(path, "changes nothing", "say what is tried, or leave it out", Rule);
        foreach ((string action, string content) in variant.Content)
        {
            Action($"{path}.content.{action}", action);
            if (content.Length == 0) check.Add($"{path}.content.{action}", "is missing", "name the template to send");
        }

        foreach ((string action, OfferConfig offer) in variant.Offers)
            if (Action($"{path}.offers.{action}", action) is { } changed)
                new ActionValidator(playbook, check).Offer($"{path}.offers.{action}", changed, offer);
        VariantHonesty.Check(path, variant, playbook, check);
        foreach ((string action, int days) in variant.MinLapseDays)
        {
            Action($"{path}.min_lapse_days.{action}", action);
            check.Range($"{path}.min_lapse_days.{action}", days, 0, 3_650, "days");
        }

        Actions(path + ".adds", variant.Adds);
        Actions(path + ".forbids", variant.Forbids);
        check.All<Channel>(path + ".channel_order", variant.ChannelOrder);
    }

    private static IEnumerable<string> Changed(VariantConfig v) =>
        [.. v.Content.Keys, .. v.Offers.Keys, .. v.MinLapseDays.Keys, .. v.Adds, .. v.Forbids];

    private void Actions(string path, List<string> names)
    {
        for (int i = 0; i < names.Count; i++) Action($"{path}[{i}]", names[i]);
    }

    /// <summary>Null, and an error, when there is no such action, or it is owed to the customer.</summary>
    private ActionConfig? Action(string path, string name)
    {
        ActionConfig? action = playbook.Actions.Find(a => a.Name == name);
        if (action is null) check.Add(path, $"there is no action '{name}'", "name an action of this playbook");
        else if (action.Category == "transactional") check.Add(path, $"'{name}' is owed to the customer", "try things on marketing only", Rule);
        return action;
    }
}
