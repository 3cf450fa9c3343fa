using System.Diagnostics.Metrics;
using System.Text;
using Prometheus;

namespace Standins.Tests.Prometheus;

/// <summary>What each kind of instrument becomes, in both formats.</summary>
public sealed class MeterCollectorTests : IDisposable
{
    private readonly Meter meter = new("tests." + nameof(MeterCollectorTests));
    private readonly MeterCollector collector;

    public MeterCollectorTests() => collector = new MeterCollector(instrument => ReferenceEquals(instrument.Meter, meter));

    public void Dispose()
    {
        collector.Dispose();
        meter.Dispose();
    }

    [Fact]
    public void Counter_Increments_AreSummedByLabels()
    {
        var counter = meter.CreateCounter<long>("winback.events", "{event}", "Events folded.");
        counter.Add(2, Tag("topic", "usage"));
        counter.Add(3, Tag("topic", "login"));
        counter.Add(5, Tag("topic", "usage"));
        counter.Add(-100, Tag("topic", "usage"));

        Assert.Equal(
            """
            # HELP winback_events_total Events folded.
            # TYPE winback_events_total counter
            winback_events_total{topic="login"} 3
            winback_events_total{topic="usage"} 7

            """,
            Text());
    }

    [Fact]
    public void Counter_OpenMetrics_FamilyHasNoSuffixButAUnit()
    {
        meter.CreateCounter<double>("cpu.time", "s", "Time used.").Add(1.5);

        Assert.Equal(
            """
            # HELP cpu_time_seconds Time used.
            # TYPE cpu_time_seconds counter
            # UNIT cpu_time_seconds seconds
            cpu_time_seconds_total 1.5
            # EOF

            """,
            OpenMetrics());
    }

    [Fact]
    public void UpDownCounterAndGauge_NoTags_AreGauges()
    {
        var connections = meter.CreateUpDownCounter<int>("connections");
        connections.Add(3);
        connections.Add(-1);
        var speed = meter.CreateGauge<double>("speed", "By/s");
        speed.Record(10);
        speed.Record(-2.5);

        Assert.Contains("# TYPE connections gauge\nconnections 2\n", Text(), StringComparison.Ordinal);
        Assert.Contains("# TYPE speed_bytes_per_second gauge\nspeed_bytes_per_second -2.5\n", Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Histogram_AdvisedBoundaries_CountsAreCumulativeAndBoundsInclusive()
    {
        var advice = new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 2.5, 10] };
        var histogram = meter.CreateHistogram("latency", "s", "Latency.", tags: null, advice);
        foreach (var seconds in new[] { 0.5, 1, 1.1, 10, 11, double.NaN })
        {
            histogram.Record(seconds, Tag("rpc", "decide"));
        }

        Assert.Equal(
            """
            # HELP latency_seconds Latency.
            # TYPE latency_seconds histogram
            latency_seconds_bucket{rpc="decide",le="1"} 2
            latency_seconds_bucket{rpc="decide",le="2.5"} 3
            latency_seconds_bucket{rpc="decide",le="10"} 4
            latency_seconds_bucket{rpc="decide",le="+Inf"} 5
            latency_seconds_sum{rpc="decide"} 23.6
            latency_seconds_count{rpc="decide"} 5

            """,
            Text());
        Assert.Contains("le=\"1.0\"} 2\n", OpenMetrics(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("s", "0.001")]
    [InlineData("By", "1073741824")]
    [InlineData("{try}", "1000")]
    public void Histogram_NoAdvice_BoundariesFitTheUnit(string unit, string bound)
    {
        meter.CreateHistogram<double>("h", unit).Record(0);

        Assert.Contains($"le=\"{bound}\"", Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void ObservableInstruments_PolledAtEachScrape_VanishedSeriesAreNotWritten()
    {
        var reported = new List<Measurement<long>> { new(7, Tag("partition", 0)), new(8, Tag("partition", 1)) };
        meter.CreateObservableGauge("lag", () => reported, "{record}", "Records behind.");
        meter.CreateObservableCounter("seen", () => 41L);
        Assert.Contains("lag{partition=\"0\"} 7\nlag{partition=\"1\"} 8\n", Text(), StringComparison.Ordinal);
        Assert.Contains("# TYPE seen_total counter\nseen_total 41\n", Text(), StringComparison.Ordinal);

        reported.RemoveAt(0);
        Assert.DoesNotContain("partition=\"0\"", Text(), StringComparison.Ordinal);
        Assert.Contains("lag{partition=\"1\"} 8\n", Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void ObservableInstrument_CallbackThrows_OthersAreStillWritten()
    {
        meter.CreateObservableGauge("broken", new Func<long>(() => throw new InvalidOperationException("no")));
        meter.CreateObservableGauge("whole", () => 1L);

        Assert.Contains("whole 1\n", Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Tags_SameInAnotherOrder_AreOneSeries()
    {
        var counter = meter.CreateCounter<int>("c");
        counter.Add(1, Tag("a", 1), Tag("b", true));
        counter.Add(1, Tag("b", true), Tag("a", 1));

        Assert.Contains("c_total{a=\"1\",b=\"true\"} 2\n", Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void SameNameInAnotherMeter_SameKind_SharesTheFamily_OtherKind_IsLeftOut()
    {
        using var second = new Meter("tests.second");
        using var both = new MeterCollector(i => ReferenceEquals(i.Meter, meter) || ReferenceEquals(i.Meter, second));
        meter.CreateCounter<int>("shared").Add(1);
        second.CreateCounter<int>("shared").Add(2);
        second.CreateGauge<int>("shared").Record(99);
        var text = Encoding.UTF8.GetString(both.Render(ExpositionFormat.Text));

        Assert.Contains("shared_total 3\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("99", text, StringComparison.Ordinal);
        Assert.Single(text.Split('\n'), line => line.StartsWith("# TYPE", StringComparison.Ordinal));
    }

    [Fact]
    public void UnboundedTag_BeyondTheLimit_GoesToOneOverflowSeries()
    {
        var counter = meter.CreateCounter<int>("unbounded");
        for (var customer = 0; customer < MetricFamily.MaxSeries + 10; customer++)
        {
            counter.Add(1, Tag("customer", customer));
        }

        Assert.Equal(MetricFamily.MaxSeries + 1, Text().Split('\n').Count(line => line.StartsWith("unbounded_total{", StringComparison.Ordinal)));
        Assert.Contains("unbounded_total{otel_metric_overflow=\"true\"} 10\n", Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Counter_ManyThreads_LosesNothing()
    {
        var counter = meter.CreateCounter<double>("racing");
        var histogram = meter.CreateHistogram<int>("raced", "{n}");
        Parallel.For(0, 40_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            counter.Add(0.5, Tag("t", i % 3));
            histogram.Record(i % 7);
        });
        var text = Text();
        var total = text.Split('\n').Where(line => line.StartsWith("racing_total{", StringComparison.Ordinal))
            .Sum(line => double.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(20_000, total);
        Assert.Contains("raced_count 40000\n", text, StringComparison.Ordinal);
        Assert.Contains("raced_bucket{le=\"+Inf\"} 40000\n", text, StringComparison.Ordinal);
    }

    private string Text() => Encoding.UTF8.GetString(collector.Render(ExpositionFormat.Text));

    private string OpenMetrics() => Encoding.UTF8.GetString(collector.Render(ExpositionFormat.OpenMetrics));

    private static KeyValuePair<string, object?> Tag(string key, object? value) => new(key, value);
}
