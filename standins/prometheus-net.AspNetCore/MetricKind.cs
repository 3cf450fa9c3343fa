namespace Prometheus;

/// <summary>The Prometheus types that .NET instruments map to.</summary>
internal enum MetricKind
{
    /// <summary>Counter and ObservableCounter: only goes up.</summary>
    Counter,

    /// <summary>UpDownCounter, Gauge and their observable forms.</summary>
    Gauge,

    /// <summary>Histogram with cumulative buckets.</summary>
    Histogram,
}
