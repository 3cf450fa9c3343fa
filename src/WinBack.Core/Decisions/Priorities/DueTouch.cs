using WinBack.Core.Caps;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Capacities;

namespace WinBack.Core.Decisions.Priorities;

/// <summary>A touch that rules let through, now or later.</summary>
/// <param name="OpenTime">From when rules let it through (UTC).</param>
/// <param name="CloseTime">The first instant at which one turns it down again; null for never.</param>
internal sealed record DueTouch(
    ActionModel Action, DateTimeOffset OpenTime, DateTimeOffset? CloseTime, IReadOnlyList<CapUse> Caps, SendWindow? Window)
{
    internal int Priority => Action.Priority;

    internal static DueTouch Of(Candidate now, PolicyContext c) => new(c.ActionNamed(now.Action), c.AsOf, now.CloseTime, now.Caps, now.Window);

    internal static DueTouch Of(UpcomingAction later, PolicyContext c) =>
        new(c.ActionNamed(later.Action), later.OpenTime, later.CloseTime, later.Caps, later.Window);

    /// <summary>
    /// When rules, these caps, and scarce capacities let it through, from an instant on; null when a rule has closed by then, or for never.
    /// </summary>
    /// <param name="context">Knows the customer's calendar, and what is left of capacities.</param>
    internal DateTimeOffset? TimeUnder(CapLedger caps, DateTimeOffset from, PolicyContext context)
    {
        // As long as nothing else happens places only come free: what is free at one instant is free at all later ones.
        DateTimeOffset free = caps.FreeTime(context.Bounds.CapsAround(Caps, from), from);
        DateTimeOffset? time = SendWindow.NextOpen(Window, free > OpenTime ? free : OpenTime);
        while (time is { } open)
        {
            if (CapacityRules.FreeTime(Action, context, open) is not { } units) return null;
            if (units == open) break;
            time = SendWindow.NextOpen(Window, units);
        }

        return time >= CloseTime ? null : time;
    }
}
