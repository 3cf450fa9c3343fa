using System.Diagnostics.Metrics;
using Prometheus;

namespace Standins.Tests.Prometheus;

public sealed class PrometheusNamesTests
{
    [Theory]
    [InlineData("http.server.request.duration", "s", "http_server_request_duration_seconds")]
    [InlineData("dotnet.gc.heap.total_allocated", "By", "dotnet_gc_heap_total_allocated_bytes")]
    [InlineData("rate", "By/s", "rate_bytes_per_second")]
    [InlineData("temperature", "Cel", "temperature_celsius")]
    [InlineData("odd", "{try}", "odd")]
    [InlineData("odd", "furlongs per fortnight", "odd_furlongs_per_fortnight")]
    [InlineData("wait_seconds", "s", "wait_seconds")]
    [InlineData("9 lives--left", "", "_9_lives_left")]
    [InlineData("größe", "", "gr_e")]
    [InlineData("...", "", "_")]
    public void Metric_NameAndUnit_FollowTheMapping(string name, string unit, string expected) => Assert.Equal(
        expected,
        PrometheusNames.Metric(name, PrometheusNames.Unit(unit, MetricKind.Histogram), MetricKind.Histogram));

    [Fact]
    public void Metric_CounterThatEndsInTotal_HasOneSuffixOnly() =>
        Assert.Equal("jobs", PrometheusNames.Metric("jobs.total", "", MetricKind.Counter));

    [Theory]
    [InlineData(MetricKind.Gauge, "ratio")]
    [InlineData(MetricKind.Counter, "")]
    public void Unit_One_IsARatioOnlyOfAGauge(object kind, string expected) =>
        Assert.Equal(expected, PrometheusNames.Unit("1", (MetricKind)kind));

    [Fact]
    public void Labels_HostileValues_AreEscaped()
    {
        KeyValuePair<string, object?>[] tags = [new("path", "C:\\temp\n\"x\""), new("none", null)];

        Assert.Equal("""none="",path="C:\\temp\n\"x\"" """.TrimEnd(), PrometheusNames.Labels(tags));
    }

    [Fact]
    public void Labels_NamesThatCollideOrAreReserved_StayUnambiguous()
    {
        KeyValuePair<string, object?>[] tags = [new("a.b", 1), new("a-b", 2.5), new("le", "x"), new("__name__", "y")];

        Assert.Equal("""_name_="y",a_b="2.5;1",tag_le="x" """.TrimEnd(), PrometheusNames.Labels(tags));
    }

    [Fact]
    public void Help_HostileDescription_IsEscaped()
    {
        using var meter = new Meter("tests.help");
        using var collector = new MeterCollector(i => ReferenceEquals(i.Meter, meter));
        meter.CreateCounter<int>("c", "", "Line one\nline \"two\" \\").Add(1);

        Assert.Contains("# HELP c_total Line one\\nline \"two\" \\\\\n", Render(collector, ExpositionFormat.Text), StringComparison.Ordinal);
        Assert.Contains(
            "# HELP c Line one\\nline \\\"two\\\" \\\\\n", Render(collector, ExpositionFormat.OpenMetrics), StringComparison.Ordinal);
    }

    private static string Render(MeterCollector collector, ExpositionFormat format) =>
        System.Text.Encoding.UTF8.GetString(collector.Render(format));
}
