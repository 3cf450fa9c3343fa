using WinBack.Core.Policy;

namespace WinBack.Core.Caps.Budgets;

/// <summary>What one cap leaves a customer.</summary>
/// <param name="Used">Places in the window or period that are taken for good.</param>
/// <param name="Reserved">Places in it that are only reserved.</param>
/// <param name="NextFreeTime">The first instant (UTC) at which there is a free place, if nothing else happens.</param>
public sealed record CapBudget(CapUse Cap, int Used, int Reserved, DateTimeOffset NextFreeTime)
{
    /// <summary>How many more touches the cap allows now.</summary>
    public int Free => Math.Max(0, Cap.Limit - Used - Reserved);

    /// <param name="asOf">Now, or an instant to come: what is only reserved is given back by its expiry.</param>
    internal static CapBudget Of(CapUse cap, CapLedger caps, DateTimeOffset asOf)
    {
        long now = Math.Max(CapTime.ToMicros(asOf), caps.LastChangeMicros + 1);
        int count = caps.Places.Count(cap, now, caps.OpenReservations, out long allowed);
        long outside = CapPlaces.OutsideOf(cap, now, out _);
        int reserved = 0;
        foreach (long stamp in caps.StampsOf(cap.Key))
            if (stamp > outside && CapPlaces.ReservedUntil(stamp, caps.OpenReservations) > now) reserved++;
        return new CapBudget(cap, count - reserved, reserved, count < cap.Limit ? asOf : CapTime.ToTime(allowed));
    }

    /// <summary>Name of the cap in the playbook.</summary>
    public string Name => Cap.Key[..Cap.Key.IndexOf('/')];
}
