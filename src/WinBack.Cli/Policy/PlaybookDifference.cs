using WinBack.Core.Policy;
using WinBack.Core.Policy.Experiments;

namespace WinBack.Cli.Policy;

/// <summary>What another playbook changes for customers: for everybody, by cap, by action, by segment.</summary>
internal static class PlaybookDifference
{
    /// <summary>What a field means to a customer, where its name does not say so.</summary>
    private static readonly Dictionary<string, string> Meanings = new(StringComparer.Ordinal)
    {
        ["currency"] = "currency of all amounts",
        ["reservation"] = "a decision holds its places for",
        ["lapse.silence_days"] = "days of silence that make a lapse",
        ["lapse.max_silence_days"] = "days of silence after which only advertising is left",
        ["sequence.max_touches"] = "touches a sequence may have",
        ["sequence.days"] = "days a sequence may last",
        ["sequence.discount_from_touch"] = "first touch that may carry a discount",
        ["sequence.rest_days"] = "days of rest after a return",
        ["value.max_payback_months"] = "months within which an offer must pay back",
    };

    /// <summary>Lines under headings; none when nothing changes.</summary>
    internal static IReadOnlyList<string> Of(PlaybookConfig before, PlaybookConfig after)
    {
        var lines = new List<string>();
        Section(lines, "Everybody", Fields(before, after).Select(c => $"{Meaning(c.Field)}: {c.From} -> {c.To}"));
        Section(lines, "Caps", Parts(before.Caps, after.Caps, c => c.Name, Direction));
        Section(lines, "Actions", Parts(before.Actions, after.Actions, a => a.Name, (_, _) => ""));
        Section(lines, "Capacities", Parts(before.Capacities, after.Capacities, c => c.Name, (_, _) => ""));
        Section(lines, "Experiments", Parts(before.Experiments, after.Experiments, e => e.Name, (_, _) => ""));
        Section(lines, "Variants", Parts(Variants(before), Variants(after), v => v.Name, (_, _) => ""));
        Section(lines, "Sequences", Parts(before.Sequences, after.Sequences, s => s.Name, (_, _) => ""));
        Section(lines, "Steps", Parts(ConfigFields.StepsOf(before), ConfigFields.StepsOf(after), s => s.Name, (_, _) => ""));
        Section(lines, "Segments", SegmentActions.Segments.Select(s => Segment(s, before, after)).OfType<string>());
        if (Order(before, after) is { } order) lines.Add(order);
        return lines;
    }

    /// <summary>By the name of experiment and variant.</summary>
    private static List<VariantConfig> Variants(PlaybookConfig config) =>
        [.. config.Experiments.SelectMany(e => e.Variants.Select(v => v.Named($"{e.Name}.{v.Name}")))];

    private static void Section(List<string> lines, string heading, IEnumerable<string> changes)
    {
        string[] all = [.. changes];
        if (all.Length > 0) lines.Add(heading);
        lines.AddRange(all.Select(change => "  " + change));
    }

    private static IEnumerable<(string Field, string From, string To)> Fields(object before, object after)
    {
        IReadOnlyDictionary<string, string> from = ConfigFields.Of(before), to = ConfigFields.Of(after);
        foreach (string field in from.Keys.Union(to.Keys))
        {
            string old = from.GetValueOrDefault(field, ConfigFields.None), now = to.GetValueOrDefault(field, ConfigFields.None);
            if (old != now) yield return (field, old, now);
        }
    }

    private static string Meaning(string field)
    {
        const string consent = "unknown_consent.";
        if (field.StartsWith(consent, StringComparison.Ordinal)) return $"{field[consent.Length..]} while consent is unknown";
        return Meanings.TryGetValue(field, out string? meaning) ? $"{meaning} ({field})" : field;
    }

    /// <param name="direction">What a change of one part amounts to; "" for nothing to say.</param>
    private static IEnumerable<string> Parts<T>(List<T> before, List<T> after, Func<T, string> name, Func<T, T, string> direction)
        where T : class
    {
        foreach (T gone in before.Where(b => after.TrueForAll(a => name(a) != name(b)))) yield return $"{name(gone)}: removed";
        foreach (T now in after)
        {
            if (before.Find(b => name(b) == name(now)) is not { } old)
            {
                yield return $"{name(now)}: new: {ConfigFields.Described(now)}";
                continue;
            }

            string[] changes = [.. Fields(old, now).Select(c => $"{c.Field} {c.From} -> {c.To}")];
            if (changes.Length > 0) yield return $"{name(now)}: {string.Join(", ", changes)}{direction(old, now)}";
        }
    }

    private static string Direction(CapConfig old, CapConfig now)
    {
        if (old.Scope != now.Scope || old.Of != now.Of || (old.Limit == now.Limit && old.Window == now.Window)) return "";
        if (now.Limit <= old.Limit && now.Window >= old.Window) return " (stricter)";
        return now.Limit >= old.Limit && now.Window <= old.Window ? " (looser)" : "";
    }

    private static string? Segment(string segment, PlaybookConfig before, PlaybookConfig after)
    {
        IReadOnlyList<string> from = SegmentActions.Of(before, segment), to = SegmentActions.Of(after, segment);
        string[] gains = [.. to.Except(from)], loses = [.. from.Except(to)];
        if (gains.Length + loses.Length == 0) return null;
        string gained = gains.Length > 0 ? "may now get " + string.Join(", ", gains) : "";
        string lost = loses.Length > 0 ? "no longer gets " + string.Join(", ", loses) : "";
        return $"{segment}: {gained}{(gains.Length > 0 && loses.Length > 0 ? "; " : "")}{lost}";
    }

    /// <summary>Of actions of equal value the earlier one is sent.</summary>
    private static string? Order(PlaybookConfig before, PlaybookConfig after)
    {
        string[] common = [.. before.Actions.Select(a => a.Name).Intersect(after.Actions.Select(a => a.Name))];
        string[] now = [.. after.Actions.Select(a => a.Name).Where(common.Contains)];
        return common.SequenceEqual(now) ? null : "Actions stand in another order, which decides between equal values";
    }
}
