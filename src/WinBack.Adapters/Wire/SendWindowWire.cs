using Google.Protobuf.Collections;
using WinBack.Core.Policy;

namespace WinBack.Adapters.Wire;

/// <summary>Send windows of stored decisions. Candidates of one channel share theirs, so it is written once.</summary>
internal static class SendWindowWire
{
    /// <summary>Place of the window among those written, from 1; adds it when it is not there. 0 for none.</summary>
    internal static int Place(SendWindow? window, RepeatedField<V1.SendWindow> written)
    {
        if (window is null) return 0;
        V1.SendWindow message = ToProto(window);
        int place = written.IndexOf(message);
        if (place >= 0) return place + 1;
        written.Add(message);
        return written.Count;
    }

    /// <exception cref="InvalidDataException">A zone is not known here.</exception>
    internal static SendWindow ToCore(V1.SendWindow message) => new(
        new WeekSchedule(message.WeekMinutes.Chunk(2).Select(time => (time[0], time[1]))),
        message.Zones.Select(name => TimeZones.Find(name) ?? throw new InvalidDataException($"no time zone '{name}'")).ToArray())
    {
        BindsConfirm = !message.LateConfirm,
    };

    private static V1.SendWindow ToProto(SendWindow window)
    {
        var message = new V1.SendWindow { LateConfirm = !window.BindsConfirm };
        message.Zones.AddRange(window.Zones.Select(zone => zone.Id));
        message.WeekMinutes.AddRange(window.Schedule.Bounds);
        return message;
    }
}
