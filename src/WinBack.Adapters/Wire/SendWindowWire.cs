using WinBack.Core.Policy;

namespace WinBack.Adapters.Wire;

/// <summary>Send windows of stored decisions. Candidates of one channel share theirs, so it is written once.</summary>
internal static class SendWindowWire
{
    /// <summary>Place of the window among those written, from 1; adds it when it is not there. 0 for none.</summary>
    internal static int Place(SendWindow? window, List<SendWindow> written)
    {
        if (window is null) return 0;
        int place = written.FindIndex(other => IsSame(window, other));
        if (place >= 0) return place + 1;
        written.Add(window);
        return written.Count;
    }

    /// <summary>Its fields.</summary>
    internal static void Write(SendWindow window, MessageWriter to)
    {
        foreach (TimeZoneInfo zone in window.Zones) to.Element(V1.SendWindow.ZonesFieldNumber, zone.Id);
        to.Packed(V1.SendWindow.WeekMinutesFieldNumber, window.Schedule.Bounds, bound => (long)bound);
        to.Bool(V1.SendWindow.LateConfirmFieldNumber, !window.BindsConfirm);
    }

    /// <exception cref="InvalidDataException">A zone is not known here.</exception>
    internal static SendWindow ToCore(V1.SendWindow message) => new(
        new WeekSchedule(message.WeekMinutes.Chunk(2).Select(time => (time[0], time[1]))),
        message.Zones.Select(name => TimeZones.Find(name) ?? throw new InvalidDataException($"no time zone '{name}'")).ToArray())
    {
        BindsConfirm = !message.LateConfirm,
    };

    private static bool IsSame(SendWindow one, SendWindow other) => ReferenceEquals(one, other)
        || (one.BindsConfirm == other.BindsConfirm && one.Schedule.Bounds.SequenceEqual(other.Schedule.Bounds)
            && one.Zones.Select(zone => zone.Id).SequenceEqual(other.Zones.Select(zone => zone.Id)));
}
