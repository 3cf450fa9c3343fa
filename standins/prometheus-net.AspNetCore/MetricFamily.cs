using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Prometheus;

/// <summary>All series of one metric name.</summary>
internal sealed class MetricFamily
{
    /// <summary>
    /// Label sets kept for one name. What comes after goes to one common series, so that a label with an unbounded set of
    /// values costs its own detail and not the memory of the process (OpenTelemetry's cardinality limit does the same).
    /// </summary>
    public const int MaxSeries = 2_000;

    private const string OverflowLabels = "otel_metric_overflow=\"true\"";

    private readonly ConcurrentDictionary<TagSet, Series> byTags = new(new TagSet.Comparer());
    private readonly ConcurrentDictionary<TagSet, Series>.AlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>> lookup;
    private readonly Dictionary<string, Series> byLabels = new(StringComparer.Ordinal);
    private readonly Lock adding = new();
    private readonly Series overflow;
    private volatile bool isFull;

    private MetricFamily(string name, MetricKind kind, string unit, string help, double[]? boundaries)
    {
        Name = name;
        Kind = kind;
        Unit = unit;
        Help = help;
        Boundaries = boundaries;
        overflow = new Series(OverflowLabels, boundaries);
        lookup = byTags.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>();
    }

    /// <summary>Without the <c>_total</c> of a counter, <c>_bucket</c> and so on.</summary>
    public string Name { get; }

    public MetricKind Kind { get; }

    /// <summary>The last part of <see cref="Name"/>; empty when the instrument has no unit, or one that is not written out.</summary>
    public string Unit { get; }

    public string Help { get; }

    /// <summary>Upper bounds of a histogram's buckets without +Inf; null for other kinds.</summary>
    public double[]? Boundaries { get; }

    public static MetricFamily For(Instrument instrument)
    {
        var kind = KindOf(instrument);
        var unit = PrometheusNames.Unit(instrument.Unit, kind);
        var help = string.IsNullOrWhiteSpace(instrument.Description)
            ? $"{instrument.Name} of {instrument.Meter.Name}."
            : instrument.Description;
        var boundaries = kind == MetricKind.Histogram ? HistogramBoundaries.Of(instrument) : null;
        return new MetricFamily(PrometheusNames.Metric(instrument.Name, unit, kind), kind, unit, help, boundaries);
    }

    public Series SeriesOf(ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        lookup.TryGetValue(tags, out var series) ? series
        : isFull ? overflow
        : AddSeries(tags);

    /// <summary>In the order of their labels.</summary>
    public IReadOnlyList<Series> Snapshot()
    {
        lock (adding)
        {
            return [.. byLabels.Values.OrderBy(series => series.Labels, StringComparer.Ordinal)];
        }
    }

    /// <summary>The same tags in another order are another key but the same labels, hence the same series.</summary>
    private Series AddSeries(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (adding)
        {
            if (byTags.Count >= MaxSeries)
            {
                isFull = true;
                byLabels[OverflowLabels] = overflow;
                return overflow;
            }

            var labels = PrometheusNames.Labels(tags);
            if (!byLabels.TryGetValue(labels, out var series))
            {
                series = new Series(labels, Boundaries);
                byLabels.Add(labels, series);
            }

            lookup[tags] = series;
            return series;
        }
    }

    private static MetricKind KindOf(Instrument instrument)
    {
        var type = instrument.GetType();
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        return definition == typeof(Counter<>) || definition == typeof(ObservableCounter<>) ? MetricKind.Counter
            : definition == typeof(Histogram<>) ? MetricKind.Histogram
            : MetricKind.Gauge;
    }
}
