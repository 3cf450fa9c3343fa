using WinBack.Core.Events;

namespace WinBack.Core.Policy;

/// <summary>
/// An abandoned cart is answered by three mails and never by a fourth (rules A9). A cart mail is an action by email with a
/// condition that asks for abandoned carts; those that no customer gets together may be more.
/// </summary>
internal static class CartMails
{
    private const int Most = 3;
    private const string CartPrefix = "cart_";

    internal static void Check(PlaybookConfig playbook, FieldChecks check)
    {
        var told = new HashSet<int>();
        foreach (string segment in Names.All<Segment>().Prepend(""))
            foreach (string reason in Names.All<LapseReason>())
                foreach (string tier in Names.All<ValueTier>())
                    if (Fourth(playbook.Actions, segment, reason, tier) is { } fourth && told.Add(fourth))
                        check.Add(
                            $"actions[{fourth}]", "is a fourth mail about an abandoned cart", "leave it out, or give it customers of its own", "A9");
    }

    private static int? Fourth(List<ActionConfig> actions, string segment, string reason, string tier)
    {
        int mails = 0;
        for (int i = 0; i < actions.Count; i++)
            if (IsCartMail(actions[i]) && IsFor(actions[i].Segments, segment) && IsFor(actions[i].Reasons, reason)
                && IsFor(actions[i].Tiers, tier) && ++mails > Most) return i;
        return null;
    }

    private static bool IsFor(List<string> names, string name) => names.Count == 0 || names.Contains(name);

    private static bool IsCartMail(ActionConfig action) => action.Channel == "email" && action.Conditions.Exists(
        c => c.Feature.StartsWith(CartPrefix, StringComparison.Ordinal) && c.Op is ">" or ">=" or "==" or "!=");
}
