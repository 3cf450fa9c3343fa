using WinBack.Core.Policy.Sequences;

namespace WinBack.Core.Policy;

/// <summary>The bounds of the periods that caps of one customer count within, around any instant. For one thread.</summary>
internal sealed class CapBounds(PolicyContext context)
{
    private readonly Dictionary<(CapPeriod Period, DateTimeOffset Time), PeriodBounds> _known = [];

    /// <summary>The same caps with the bounds of their periods around an instant: they reach no further than the next period.</summary>
    internal IReadOnlyList<CapUse> CapsAround(IReadOnlyList<CapUse> caps, DateTimeOffset time)
    {
        CapUse[]? bound = null;
        for (int i = 0; i < caps.Count; i++)
        {
            if (caps[i].Period == CapPeriod.None) continue;
            bound ??= [.. caps];
            bound[i] = caps[i] with { Bounds = Around(caps[i].Period, time) };
        }

        return bound ?? caps;
    }

    /// <summary>Where the period begins that an instant lies in.</summary>
    internal DateTimeOffset StartOf(CapPeriod period, DateTimeOffset time)
    {
        PeriodBounds bounds = Around(period, period == CapPeriod.Sequence ? context.AsOf : time);
        return CapTime.ToTime(bounds.PeriodOf(CapTime.ToMicros(time)).StartMicros);
    }

    private PeriodBounds Around(CapPeriod period, DateTimeOffset time)
    {
        if (_known.TryGetValue((period, time), out PeriodBounds bounds)) return bounds;
        bounds = period == CapPeriod.Sequence ? OfSequence(time) : LocalCalendar.Around(period, context.CalendarZone, time);
        _known.Add((period, time), bounds);
        return bounds;
    }

    /// <summary>
    /// While there is no sequence, what is only reserved may become the first touch of the next; what was sent before is no touch of
    /// any: receipts, and impressions that came late.
    /// </summary>
    private PeriodBounds OfSequence(DateTimeOffset time)
    {
        TimeSpan length = context.Playbook.Sequence.Length;
        if (context.SequenceTouches.Count > 0 && time < context.SequenceEnd)
            return PeriodBounds.Of(DateTimeOffset.UnixEpoch, context.SequenceTouches[0], context.SequenceEnd, context.SequenceEnd + length);
        DateTimeOffset last = context.SequenceTouches.Count == 0 ? context.LastSequenceEnd : context.SequenceEnd;
        DateTimeOffset reserved = time - GuardKeys.RaceOf(context.Playbook);
        return PeriodBounds.Of(DateTimeOffset.UnixEpoch, last > reserved ? last : reserved, time + length, time + length + length);
    }
}
