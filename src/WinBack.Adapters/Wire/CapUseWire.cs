using WinBack.Core.Policy;

namespace WinBack.Adapters.Wire;

/// <summary>Caps of stored decisions.</summary>
internal static class CapUseWire
{
    /// <summary>Place of a cap in the list, from 0; adds it when it is not in it.</summary>
    internal static int Place(CapUse cap, List<CapUse> caps)
    {
        int place = caps.IndexOf(cap);
        if (place >= 0) return place;
        caps.Add(cap);
        return caps.Count - 1;
    }

    /// <summary>Its fields.</summary>
    internal static void Write(CapUse cap, MessageWriter to)
    {
        to.String(V1.CapUse.KeyFieldNumber, cap.Key);
        to.Int64(V1.CapUse.LimitFieldNumber, cap.Limit);
        to.Span(V1.CapUse.WindowFieldNumber, cap.Window);
        to.Bool(V1.CapUse.EnforcedFieldNumber, cap.IsEnforced);
        if (cap.Period != CapPeriod.None)
        {
            to.String(V1.CapUse.PeriodFieldNumber, Names.Of(cap.Period));
            to.Packed(
                V1.CapUse.BoundsMicrosFieldNumber, [cap.Bounds.Before, cap.Bounds.Start, cap.Bounds.End, cap.Bounds.After], micros => micros);
        }

        if (cap.Counts != CapUnit.Reserved) to.String(V1.CapUse.CountsFieldNumber, Names.Of(cap.Counts));
    }

    /// <exception cref="InvalidDataException">It is not what <see cref="Write"/> wrote.</exception>
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
