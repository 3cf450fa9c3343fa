using System.Text.Json;
using WinBack.IntegrationTests.Service;

namespace WinBack.IntegrationTests.Ops;

/// <summary>A scrape of a running service, read by read_metrics.py.</summary>
internal static class Scrape
{
    private const string OpenMetrics = "application/openmetrics-text;version=1.0.0";
    private static readonly string Script = Path.Combine(Repository.Root, "tests/WinBack.IntegrationTests/Ops/read_metrics.py");
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    internal static async Task<IReadOnlyList<ScrapedSample>> ReadAsync(RunningService service, bool asOpenMetrics)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, service.Process.Http + "/metrics");
        request.Headers.TryAddWithoutValidation("Accept", asOpenMetrics ? OpenMetrics : "text/plain");
        using HttpResponseMessage response = await http.SendAsync(request);
        Assert.Equal(asOpenMetrics ? "application/openmetrics-text" : "text/plain", response.Content.Headers.ContentType!.MediaType);
        string file = Path.Combine(service.Process.Folder, asOpenMetrics ? "scrape.openmetrics" : "scrape.text");
        await File.WriteAllTextAsync(file, await response.Content.ReadAsStringAsync());
        string output = await ForeignTool.RunAsync("/usr/bin/python3", [Script, asOpenMetrics ? "openmetrics" : "text", file]);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<ScrapedSample>(line, Web)!)];
    }
}
