using System.Diagnostics.Metrics;

namespace Prometheus;

/// <summary>Where the measurements of one instrument go, and what they do there.</summary>
internal sealed class InstrumentBinding(MetricFamily family, InstrumentBinding.Operation operation)
{
    public enum Operation
    {
        /// <summary>The measurement is an increment that is never negative.</summary>
        Increase,

        /// <summary>The measurement is a difference.</summary>
        Add,

        /// <summary>The measurement is the present value.</summary>
        Set,

        /// <summary>The measurement is the present value, reported during a scrape and only valid for it.</summary>
        Report,

        /// <summary>The measurement belongs to a distribution.</summary>
        Observe,
    }

    /// <summary>What a measurement of this kind of instrument means; null for a kind that this listener does not know.</summary>
    public static Operation? OperationOf(Instrument instrument)
    {
        var type = instrument.GetType();
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        return instrument switch
        {
            { IsObservable: true } => Operation.Report,
            _ when definition == typeof(Counter<>) => Operation.Increase,
            _ when definition == typeof(UpDownCounter<>) => Operation.Add,
            _ when definition == typeof(Gauge<>) => Operation.Set,
            _ when definition == typeof(Histogram<>) => Operation.Observe,
            _ => null,
        };
    }

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, long scrape)
    {
        var series = family.SeriesOf(tags);
        switch (operation)
        {
            case Operation.Increase when value < 0:
                // A Prometheus counter never goes down; a negative increment is the caller's mistake.
                break;
            case Operation.Increase or Operation.Add:
                series.Add(value);
                break;
            case Operation.Set:
                series.Set(value);
                break;
            case Operation.Report:
                series.Report(value, scrape);
                break;
            case Operation.Observe:
                series.Observe(value);
                break;
        }
    }
}
