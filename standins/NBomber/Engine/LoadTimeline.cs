using NBomber.Contracts;

namespace NBomber.Engine;

/// <summary>Turns the sections of a load into the moments at which something happens. Pure: no clock, no threads.</summary>
internal static class LoadTimeline
{
    public static TimeSpan Duration(IEnumerable<LoadSimulation> sections) =>
        sections.Aggregate(TimeSpan.Zero, (sum, section) => sum + section.During);

    /// <summary>In order of time, made as they are asked for.</summary>
    public static IEnumerable<LoadEvent> Events(IEnumerable<LoadSimulation> sections)
    {
        var start = TimeSpan.Zero;
        var copies = 0;
        double rate = 0;
        foreach (var section in sections)
        {
            var (copiesAfter, rateAfter) = section switch
            {
                LoadSimulation.KeepConstant keep => (keep.Copies, 0d),
                LoadSimulation.RampingConstant ramp => (ramp.Copies, 0d),
                LoadSimulation.Inject inject => (0, PerSecond(inject.Rate, inject.Interval)),
                LoadSimulation.RampingInject ramp => (0, PerSecond(ramp.Rate, ramp.Interval)),
                _ => (0, 0d),
            };
            var copyRamp = section is LoadSimulation.RampingConstant ? section.During : TimeSpan.Zero;
            foreach (var change in CopyChanges(copies, copiesAfter, copyRamp))
            {
                yield return change with { At = start + change.At };
            }

            var rateBefore = section is LoadSimulation.RampingInject ? rate : rateAfter;
            foreach (var at in Arrivals(rateBefore, rateAfter, section.During))
            {
                yield return new LoadEvent(start + at, LoadEventKind.Inject);
            }

            (copies, rate) = (copiesAfter, rateAfter);
            start += section.During;
        }
    }

    private static double PerSecond(int rate, TimeSpan interval) => rate / interval.TotalSeconds;

    /// <summary>The copies that come or go one by one, evenly over <paramref name="ramp"/>; all at once when it is zero.</summary>
    private static IEnumerable<LoadEvent> CopyChanges(int before, int after, TimeSpan ramp)
    {
        var changes = Math.Abs(after - before);
        var kind = after > before ? LoadEventKind.AddCopy : LoadEventKind.RemoveCopy;
        // The first one comes at the start of the ramp, the last one goes at its end.
        var first = after > before ? 0 : 1;
        for (var i = 0; i < changes; i++)
        {
            yield return new LoadEvent(ramp * ((double)(i + first) / changes), kind);
        }
    }

    /// <summary>
    /// Arrival i is where the integral of the rate reaches i: N(t) = r0 t + a t^2 / 2 with a = (r1 - r0) / T.
    /// </summary>
    private static IEnumerable<TimeSpan> Arrivals(double rateBefore, double rateAfter, TimeSpan during)
    {
        var seconds = during.TotalSeconds;
        var acceleration = seconds > 0 ? (rateAfter - rateBefore) / seconds : 0;
        // Rounded, so that 0.1 s at 30 a second are 3 arrivals and not 2.9999.
        var total = Math.Round((rateBefore + rateAfter) / 2 * seconds, 6);
        for (long i = 0; i < total; i++)
        {
            var at = acceleration == 0
                ? i / rateBefore
                : (Math.Sqrt(Math.Max(0, (rateBefore * rateBefore) + (2 * acceleration * i))) - rateBefore) / acceleration;
            yield return TimeSpan.FromSeconds(at);
        }
    }
}
