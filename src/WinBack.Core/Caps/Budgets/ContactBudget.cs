using WinBack.Core.Events;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Sequences;
using WinBack.Core.State;

namespace WinBack.Core.Caps.Budgets;

/// <summary>
/// How often, and where, a customer may still be contacted: what each cap of the playbook leaves, and whether each channel
/// may be used. Reads only; of an instant to come it says what will be if nothing else happens.
/// </summary>
/// <param name="Caps">Those that hold marketing touches back, by what they count.</param>
public sealed record ContactBudget(
    DateTimeOffset AsOf, IReadOnlyList<CapBudget> Caps, IReadOnlyList<ChannelBudget> Channels)
{
    /// <param name="context">Of the playbook, the customer and the instant.</param>
    /// <param name="overrides">Limits to be assumed instead of the playbook's.</param>
    public static ContactBudget Of(PolicyContext context, CapLedger caps, IReadOnlyList<CapOverride> overrides)
    {
        var budgets = new Dictionary<string, CapBudget>(StringComparer.Ordinal);
        foreach (ActionModel action in context.Playbook.Actions)
            foreach (CapUse use in context.CapsOf(action))
                if (use.IsEnforced && !GuardKeys.IsGuard(use.Key) && !budgets.ContainsKey(use.Key))
                    budgets.Add(use.Key, CapBudget.Of(With(use, overrides), caps, context.AsOf));
        return new ContactBudget(
            context.AsOf,
            budgets.Values.OrderBy(budget => budget.Cap.Key, StringComparer.Ordinal).ToArray(),
            Enum.GetValues<Channel>().Where(channel => channel != Channel.None).Select(channel => Of(channel, context)).ToArray());
    }

    private static CapUse With(CapUse use, IReadOnlyList<CapOverride> overrides)
    {
        foreach (CapOverride other in overrides)
            if (use.Key.StartsWith(other.Name + "/", StringComparison.Ordinal)) return use with { Limit = other.Limit };
        return use;
    }

    private static ChannelBudget Of(Channel channel, PolicyContext context)
    {
        Consent consent = context.State.Facts.ConsentOf(channel);
        WindowVerdict? window = context.WindowOf(channel);
        return new ChannelBudget(
            channel,
            consent,
            consent == Consent.Granted || (consent == Consent.Unknown && context.Playbook.AllowsUnknownConsent(channel)),
            context.State.Facts.AddressOf(channel),
            window?.IsOpen ?? true,
            window is null ? "" : context.Playbook.SendWindows.Schedules[channel].Text,
            window is null || window.IsOpen ? context.AsOf : window.OpenTime);
    }
}
