using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Prometheus;

namespace Standins.Tests.Prometheus;

/// <summary>The endpoint over HTTP, read by two parsers that are not ours: promtool and Prometheus' Python client.</summary>
public sealed class MapMetricsTests : IAsyncLifetime
{
    private const string OpenMetricsAccept =
        "application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

    /// <summary>Reads standard input with the client's strict parser; prints the names of the families.</summary>
    private const string ReadOpenMetrics =
        "import sys; from prometheus_client.openmetrics.parser import text_string_to_metric_families as read; "
        + "print('\\n'.join(family.name for family in read(sys.stdin.read())))";

    private readonly Meter meter = new("tests." + nameof(MapMetricsTests));
    private readonly HttpClient client = new();
    private WebApplication app = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapMetrics();
        app.MapGet("/work/{id}", (int id) => id);
        await app.StartAsync();
        client.BaseAddress = new Uri(app.Urls.Single());
        meter.CreateCounter<int>("map.metrics.test", "{try}", "Quoted \"help\", back\\slash\nand line.")
            .Add(3, new KeyValuePair<string, object?>("label", "a\"b\\c\nd"));
        await client.GetStringAsync(new Uri("/work/1", UriKind.Relative));
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        meter.Dispose();
        await app.DisposeAsync();
    }

    [Theory]
    [InlineData(null, "text/plain")]
    [InlineData("*/*", "text/plain")]
    [InlineData("text/plain;version=0.0.4", "text/plain")]
    [InlineData("application/openmetrics-text;q=0.2,text/plain;q=0.9", "text/plain")]
    [InlineData("not a media type", "text/plain")]
    [InlineData(OpenMetricsAccept, "application/openmetrics-text")]
    public async Task Get_Accept_DecidesTheFormat(string? accept, string expected)
    {
        var (type, body) = await ScrapeAsync(accept);

        Assert.Equal(expected, type.MediaType);
        Assert.Equal("utf-8", type.CharSet);
        Assert.Equal(expected != "text/plain", body.EndsWith("# EOF\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Get_RuntimeAndServerMeters_AreThere()
    {
        var (_, body) = await ScrapeAsync(null);

        Assert.Contains("# TYPE http_server_request_duration_seconds histogram\n", body, StringComparison.Ordinal);
        Assert.Contains("http_route=\"/work/{id}\"", body, StringComparison.Ordinal);
        Assert.Contains("kestrel_active_connections{", body, StringComparison.Ordinal);
        Assert.Contains("# TYPE dotnet_gc_heap_total_allocated_bytes_total counter\n", body, StringComparison.Ordinal);
    }

    [ToolFact("promtool")]
    public async Task Promtool_WholeScrape_Parses_OwnFamilies_HaveNothingToImprove()
    {
        var (_, body) = await ScrapeAsync(null);
        // Exit code 1 is a format that cannot be read; 3 is advice on names, some of them the runtime's own.
        var (code, output) = await RunAsync("promtool", ["check", "metrics"], body);

        Assert.True(code is 0 or 3, output);
        Assert.DoesNotContain("map_metrics_test", output, StringComparison.Ordinal);
        Assert.NotEqual(0, (await RunAsync("promtool", ["check", "metrics"], body + "broken{ 1\n")).Code);
    }

    [ToolFact("/usr/lib/python3/dist-packages/prometheus_client")]
    public async Task PythonClient_WholeOpenMetricsScrape_Parses()
    {
        var (_, body) = await ScrapeAsync(OpenMetricsAccept);
        var (code, output) = await RunAsync("/usr/bin/python3", ["-c", ReadOpenMetrics], body);

        Assert.True(code == 0, output);
        Assert.Contains("map_metrics_test\n", output, StringComparison.Ordinal);
        Assert.Contains("http_server_request_duration_seconds\n", output, StringComparison.Ordinal);
    }

    private async Task<(MediaTypeHeaderValue Type, string Body)> ScrapeAsync(string? accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        using var response = await client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return (response.Content.Headers.ContentType!, await response.Content.ReadAsStringAsync());
    }

    private static async Task<(int Code, string Output)> RunAsync(string tool, string[] arguments, string input)
    {
        var start = new ProcessStartInfo(tool, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }

    /// <summary>Skips, and says so, where the foreign tool is not installed.</summary>
    private sealed class ToolFactAttribute : FactAttribute
    {
        public ToolFactAttribute(string tool)
        {
            string[] places = tool.StartsWith('/') ? [tool] : [$"/usr/bin/{tool}", $"/usr/local/bin/{tool}"];
            if (!places.Any(Path.Exists))
            {
                Skip = $"{tool} is not installed (scripts/setup.sh installs it)";
            }
        }
    }
}
