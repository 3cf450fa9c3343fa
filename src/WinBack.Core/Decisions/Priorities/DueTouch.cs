using WinBack.Core.Caps;
using WinBack.Core.Policy;

namespace WinBack.Core.Decisions.Priorities;

/// <summary>A touch that rules let through, now or later.</summary>
/// <param name="OpenTime">From when rules let it through (UTC).</param>
/// <param name="CloseTime">The first instant at which one turns it down again; null for never.</param>
internal sealed record DueTouch(
    string Action,
    int Priority,
    DateTimeOffset OpenTime,
    DateTimeOffset? CloseTime,
    IReadOnlyList<CapUse> Caps,
    SendWindow? Window)
{
    /// <summary>When rules and these caps let it through, from an instant on; null when a rule has closed by then.</summary>
    internal DateTimeOffset? TimeUnder(CapLedger caps, DateTimeOffset from)
    {
        DateTimeOffset free = caps.FreeTime(Caps, from);
        DateTimeOffset? time = SendWindow.NextOpen(Window, free > OpenTime ? free : OpenTime);
        return time >= CloseTime ? null : time;
    }
}
