using WinBack.Core.Events;
using WinBack.Core.Policy.Sequences;

namespace WinBack.Core.Policy;

/// <summary>
/// An abandoned cart is answered by three mails and never by a fourth (rules A9). A cart mail is an action by email that is a step
/// of a sequence about the cart, or has a condition that asks for abandoned carts; those that no customer gets together may be
/// more. Four in one sequence are told where its steps are checked.
/// </summary>
internal static class CartMails
{
    private const int Most = 3;
    private const string CartPrefix = "cart_";
    private const string Fix = "leave it out, or give it customers of its own";

    internal static void Check(PlaybookConfig playbook, FieldChecks check)
    {
        var told = new HashSet<int>();
        foreach (string segment in Names.All<Segment>().Prepend(""))
            foreach (string reason in Names.All<LapseReason>())
                foreach (string tier in Names.All<ValueTier>())
                    if (Fourth(playbook, segment, reason, tier) is { } fourth && told.Add(fourth))
                        check.Add($"actions[{fourth}]", "is a fourth mail about an abandoned cart", Fix, "A9");
        for (int i = 0; i < playbook.Sequences.Count; i++) Again($"sequences[{i}]", playbook.Sequences[i], playbook, check);
    }

    private static int? Fourth(PlaybookConfig playbook, string segment, string reason, string tier)
    {
        List<ActionConfig> actions = playbook.Actions;
        string[] steps = playbook.Sequences
            .Where(s => IsAboutCart(s) && IsFor(s.Segments, segment) && IsFor(s.Reasons, reason) && IsFor(s.Tiers, tier))
            .Select(s => MailsOf(s, playbook)).MaxBy(mails => mails.Length) ?? [];
        int mails = steps.Length;
        for (int i = 0; i < actions.Count; i++)
            if (AsksForCart(actions[i]) && !steps.Contains(actions[i].Name) && IsFor(actions[i].Segments, segment)
                && IsFor(actions[i].Reasons, reason) && IsFor(actions[i].Tiers, tier) && ++mails > Most) return i;
        return null;
    }

    /// <summary>A cart that lies there for long must not be spoken of again, by the same sequence or by one that follows it.</summary>
    private static void Again(string path, TouchSequenceConfig sequence, PlaybookConfig playbook, FieldChecks check)
    {
        if (!IsAboutCart(sequence)) return;
        if (sequence.RepeatAfter > TimeSpan.Zero && (sequence.Within == TimeSpan.Zero || sequence.Within > sequence.RepeatAfter))
            check.Add(path + ".repeat_after", "would speak of the same cart again", "leave it out: another cart starts it again", "A9");
        foreach (TouchSequenceConfig before in playbook.Sequences)
            if (before != sequence && IsAboutCart(before) && sequence.Follows.Contains(before.Name)
                && MailsOf(before, playbook).Length + MailsOf(sequence, playbook).Length > Most)
                check.Add(
                    path + ".follows", $"brings a fourth mail about an abandoned cart, after those of {before.Name}",
                    "start it from sequence_end, with mails about something else", "A9");
    }

    private static bool IsAboutCart(TouchSequenceConfig sequence) => sequence.Trigger == "abandoned_cart";

    /// <summary>An action by mail of each step.</summary>
    private static string[] MailsOf(TouchSequenceConfig sequence, PlaybookConfig playbook)
    {
        HashSet<string> mails = [.. playbook.Actions.Where(a => a.Channel == "email").Select(a => a.Name)];
        return [.. sequence.Steps.Select(step => step.Actions.Find(mails.Contains)).OfType<string>()];
    }

    private static bool IsFor(List<string> names, string name) => names.Count == 0 || names.Contains(name);

    private static bool AsksForCart(ActionConfig action) => action.Channel == "email" && action.Conditions.Exists(
        c => c.Feature.StartsWith(CartPrefix, StringComparison.Ordinal) && c.Op is ">" or ">=" or "==" or "!=");
}
