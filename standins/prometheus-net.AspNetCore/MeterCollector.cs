using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Prometheus;

/// <summary>
/// Listens to the instruments of this process and keeps their running values as Prometheus metric families.
/// </summary>
/// <remarks>
/// Instruments of the same Prometheus name and kind share one family, whatever meter they belong to: the format allows a
/// name only once. An instrument whose name is taken by another kind is left out and traced. Observable instruments are asked
/// at each scrape, and a series that one no longer reports is no longer written.
/// </remarks>
internal sealed class MeterCollector : IDisposable
{
    private static readonly Lazy<MeterCollector> Shared = new(() => new MeterCollector(static _ => true));

    private readonly ConcurrentDictionary<string, MetricFamily> families = new(StringComparer.Ordinal);
    private readonly Func<Instrument, bool> isWanted;
    private readonly MeterListener listener = new();
    private readonly Lock scraping = new();
    private long scrape;

    /// <param name="isWanted">Instruments to keep.</param>
    public MeterCollector(Func<Instrument, bool> isWanted)
    {
        this.isWanted = isWanted;
        listener.InstrumentPublished = OnPublished;
        listener.SetMeasurementEventCallback<byte>((_, value, tags, state) => Record(value, tags, state));
        listener.SetMeasurementEventCallback<short>((_, value, tags, state) => Record(value, tags, state));
        listener.SetMeasurementEventCallback<int>((_, value, tags, state) => Record(value, tags, state));
        listener.SetMeasurementEventCallback<long>((_, value, tags, state) => Record(value, tags, state));
        listener.SetMeasurementEventCallback<float>((_, value, tags, state) => Record(value, tags, state));
        listener.SetMeasurementEventCallback<double>((_, value, tags, state) => Record(value, tags, state));
        listener.SetMeasurementEventCallback<decimal>((_, value, tags, state) => Record((double)value, tags, state));
        listener.Start();
    }

    /// <summary>The one collector of all instruments of the process; starts to listen when first asked for.</summary>
    public static MeterCollector OfProcess => Shared.Value;

    /// <summary>All families in name order, in UTF-8.</summary>
    public byte[] Render(ExpositionFormat format)
    {
        // One scrape at a time: observable instruments mark what they report with the number of the scrape.
        lock (scraping)
        {
            scrape++;
            try
            {
                listener.RecordObservableInstruments();
            }
            catch (AggregateException faults)
            {
                // A callback that throws costs its own instrument this scrape, and no other.
                Trace.WriteLine($"prometheus: observable instruments failed: {faults.Message}");
            }

            var writer = new ExpositionWriter(format);
            foreach (var family in families.Values.OrderBy(family => family.Name, StringComparer.Ordinal))
            {
                writer.Write(family, scrape);
            }

            return writer.Finish();
        }
    }

    public void Dispose() => listener.Dispose();

    private void OnPublished(Instrument instrument, MeterListener source)
    {
        if (!isWanted(instrument) || InstrumentBinding.OperationOf(instrument) is not { } operation)
        {
            return;
        }

        var wanted = MetricFamily.For(instrument);
        var family = families.GetOrAdd(wanted.Name, wanted);
        if (family.Kind != wanted.Kind)
        {
            Trace.WriteLine($"prometheus: {instrument.Meter.Name}/{instrument.Name} is left out: "
                + $"{family.Name} is a {family.Kind} already, not a {wanted.Kind}");
            return;
        }

        source.EnableMeasurementEvents(instrument, new InstrumentBinding(family, operation));
    }

    private void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state) =>
        ((InstrumentBinding)state!).Record(value, tags, scrape);
}
