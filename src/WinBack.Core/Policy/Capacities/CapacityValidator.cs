using WinBack.Core.Events;

namespace WinBack.Core.Policy.Capacities;

/// <summary>Checks the scarce capacities of a playbook.</summary>
internal static class CapacityValidator
{
    internal static void Check(PlaybookConfig playbook, FieldChecks check)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < playbook.Capacities.Count; i++)
        {
            CapacityConfig capacity = playbook.Capacities[i];
            string path = $"capacities[{i}]";
            check.Name(path + ".name", capacity.Name);
            if (!names.Add(capacity.Name)) check.Add(path + ".name", $"'{capacity.Name}' is taken", "give each capacity a name of its own");
            check.OneOf<CapacityUnit>(path + ".unit", capacity.Unit);
            check.OneOf<CapacityScope>(path + ".per", capacity.Per);
            if (capacity.Period is not ("day" or "week" or "month"))
                check.Add(path + ".period", $"'{capacity.Period}' is no period", "write day, week or month");
            if (TimeZones.Find(capacity.Zone) is null)
                check.Add(path + ".zone", $"'{capacity.Zone}' is no zone", "write an IANA name, e.g. Europe/London");
            check.Range(path + ".limit", capacity.Limit, 0.000001m, 1_000_000_000m, "", "C6");
            if (capacity.Unit == "touches" && decimal.Truncate(capacity.Limit) != capacity.Limit)
                check.Add(path + ".limit", $"{capacity.Limit} touches cannot be", "write a whole number", "C6");
            Concerned(path, capacity, playbook, check);
        }
    }

    /// <summary>Of an action, by its place.</summary>
    internal static bool Concerns(CapacityConfig capacity, ActionConfig action) =>
        action.Category != "transactional"
        && (capacity.Channel.Length > 0 ? action.Channel == capacity.Channel : capacity.Actions.Contains(action.Name));

    private static void Concerned(string path, CapacityConfig capacity, PlaybookConfig playbook, FieldChecks check)
    {
        if (capacity.Channel.Length > 0) check.OneOf<Channel>(path + ".channel", capacity.Channel);
        if (capacity.Channel.Length > 0 == capacity.Actions.Count > 0)
            check.Add(path + ".actions", "a capacity is of a channel or of actions", "name one of both", "C6");
        for (int i = 0; i < capacity.Actions.Count; i++)
            if (playbook.Actions.TrueForAll(a => a.Name != capacity.Actions[i]))
                check.Add($"{path}.actions[{i}]", $"there is no action '{capacity.Actions[i]}'", "name an action of this playbook");
        if (playbook.Actions.TrueForAll(a => !Concerns(capacity, a)))
            check.Add(path, "no marketing action takes of it", "name one that does, or leave it out", "C6");
        if (capacity.Unit == "offer_cost" && playbook.Actions.TrueForAll(a => !Concerns(capacity, a) || a.Offer is null))
            check.Add(path + ".unit", "no action that takes of it has an offer", "count touches, or name actions with offers", "C6");
    }
}
