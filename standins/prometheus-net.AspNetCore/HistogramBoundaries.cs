using System.Diagnostics.Metrics;
using System.Globalization;

namespace Prometheus;

/// <summary>Upper bounds of histogram buckets: those that the instrument advises, or ones that fit its unit.</summary>
internal static class HistogramBoundaries
{
    /// <summary>From 100 microseconds, since in-memory work is that quick, to a minute.</summary>
    private static readonly double[] Seconds =
        [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    /// <summary>64 B to 1 GiB in steps of four.</summary>
    private static readonly double[] Bytes = [.. Enumerable.Range(3, 13).Select(i => Math.Pow(4, i))];

    private static readonly double[] Ratio = [0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1];

    private static readonly double[] Counts = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 100_000, 1_000_000];

    public static double[] Of(Instrument instrument) => Advised(instrument) is { Length: > 0 } advised
        ? advised
        : instrument.Unit switch
        {
            "s" => Seconds,
            "ms" => Scaled(Seconds, 1_000),
            "us" => Scaled(Seconds, 1_000_000),
            "By" => Bytes,
            "1" => Ratio,
            _ => Counts,
        };

    private static double[] Scaled(double[] bounds, double factor) => [.. bounds.Select(bound => Math.Round(bound * factor, 6))];

    private static double[]? Advised(Instrument instrument) => instrument switch
    {
        Histogram<double> of => Sorted(of.Advice),
        Histogram<float> of => Sorted(of.Advice),
        Histogram<long> of => Sorted(of.Advice),
        Histogram<int> of => Sorted(of.Advice),
        Histogram<short> of => Sorted(of.Advice),
        Histogram<byte> of => Sorted(of.Advice),
        Histogram<decimal> of => Sorted(of.Advice),
        _ => null,
    };

    private static double[]? Sorted<T>(InstrumentAdvice<T>? advice)
        where T : struct =>
        advice?.HistogramBucketBoundaries?
            .Select(bound => Convert.ToDouble(bound, CultureInfo.InvariantCulture))
            .Where(double.IsFinite)
            .Distinct()
            .Order()
            .ToArray();
}
