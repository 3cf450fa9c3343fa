using Google.Protobuf.WellKnownTypes;
using WinBack.Core.Policy;

namespace WinBack.Adapters.Wire;

/// <summary>Caps of stored decisions.</summary>
internal static class CapUseWire
{
    internal static V1.CapUse ToProto(CapUse cap)
    {
        var message = new V1.CapUse
        {
            Key = cap.Key,
            Limit = cap.Limit,
            Window = cap.Window.ToDuration(),
            Enforced = cap.IsEnforced,
            Counts = cap.Counts == CapUnit.Reserved ? "" : Names.Of(cap.Counts),
        };
        if (cap.Period == CapPeriod.None) return message;
        message.Period = Names.Of(cap.Period);
        message.BoundsMicros.AddRange([cap.Bounds.Before, cap.Bounds.Start, cap.Bounds.End, cap.Bounds.After]);
        return message;
    }

    /// <exception cref="InvalidDataException">It is not what <see cref="ToProto"/> wrote.</exception>
    internal static CapUse ToCore(V1.CapUse message)
    {
        CapUnit counts = CapUnit.Reserved;
        if (message.Counts.Length > 0 && !Names.TryParse(message.Counts, out counts))
            throw new InvalidDataException($"no unit of a cap '{message.Counts}'");
        var cap = new CapUse(message.Key, message.Limit, message.Window.ToTimeSpan(), message.Enforced, Counts: counts);
        if (message.Period.Length == 0) return cap;
        if (!Names.TryParse(message.Period, out CapPeriod period) || message.BoundsMicros is not { Count: 4 } bounds)
            throw new InvalidDataException($"no period '{message.Period}' with {message.BoundsMicros.Count} bounds");
        return cap with { Period = period, Bounds = new PeriodBounds(bounds[0], bounds[1], bounds[2], bounds[3]) };
    }
}
