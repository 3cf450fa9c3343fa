using System.Globalization;
using System.Text.RegularExpressions;
using WinBack.Adapters.Kafka;
using WinBack.Core.Features;
using WinBack.IntegrationTests.Service;
using WinBack.V1;

namespace WinBack.IntegrationTests.Ops;

/// <summary>What a running service shows on /metrics: both formats, and tags from closed sets only.</summary>
[Collection(ServiceCollection.Name)]
public sealed partial class ScrapeTests(ServiceFixture fixture)
{
    private const string Customer = "scraped-for-tags";
    private readonly RunningService _service = fixture.Service;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Scrape_ForeignParser_ReadsMetersOfWinBackRuntimeKestrelAndCalls(bool asOpenMetrics)
    {
        await AskAsync(Customer);

        IReadOnlyList<ScrapedSample> samples = await Scrape.ReadAsync(_service, asOpenMetrics);

        Assert.Contains(samples, s => s is { Name: "winback_fold_records_total", Type: "counter" }
            && s.Labels["winback_fold_outcome"] == "dead_letter");
        Assert.Contains(samples, s => s is { Name: "winback_readiness", Type: "gauge" } && Number(s.Value) == 1
            && s.Labels["winback_readiness_condition"] == "models");
        Assert.Contains(
            samples, s => s is { Name: "winback_decision_duration_seconds_bucket", Type: "histogram" } && Number(s.Labels["le"]) == 0.0005);
        Assert.Contains(samples, s => s.Name == "kestrel_active_connections");
        Assert.Contains(samples, s => s.Name == "dotnet_gc_pause_time_seconds_total");
        Assert.Contains(samples, s => s.Name == "http_server_request_duration_seconds_count"
            && s.Labels.GetValueOrDefault("http_route") == "/winback.v1.DecisionService/DecideNextAction"
            && s.Labels.GetValueOrDefault("rpc_response_status_code") == "OK");
        if (asOpenMetrics) Assert.Equal("seconds", samples.First(s => s.Family == "winback_clock_offset_seconds").Unit);
    }

    /// <summary>Each tag is in the table of docs/METRICS.md, with one of the values that are named there or follow from the code.</summary>
    [Fact]
    public async Task Tags_OfWinBack_AreThoseOfTheDocument()
    {
        await AskAsync(Customer);
        Dictionary<string, HashSet<string>> documented = Documented();

        foreach (ScrapedSample sample in (await Scrape.ReadAsync(_service, asOpenMetrics: false)).Where(s => IsOurs(s.Name)))
            foreach ((string label, string value) in sample.Labels.Where(l => l.Key != "le"))
            {
                Assert.True(documented.ContainsKey(label), $"{sample.Name}: the document has no tag {label}");
                Assert.True(documented[label].Contains(value), $"{sample.Name}: '{value}' is no documented value of {label}");
            }
    }

    /// <summary>More customers, whatever they are called and however they are asked about, make no more series.</summary>
    [Fact]
    public async Task MoreCustomers_MakeNoMoreSeries()
    {
        await AskAsync(Customer);
        HashSet<string> before = await SeriesAsync();

        for (int i = 0; i < 20; i++) await AskAsync($"{Customer}-{i}");

        HashSet<string> after = await SeriesAsync();
        // What other tests had not made yet, such as another status; never one a customer.
        Assert.InRange(after.Count - before.Count, 0, 19);
        Assert.DoesNotContain(after, series => series.Contains(Customer, StringComparison.Ordinal));
    }

    private async Task AskAsync(string customer)
    {
        await _service.FoldAsync(Events.Orders(customer, lastDaysAgo: 100, _service.Now));
        Decision decision = await _service.DecideAsync(customer);
        using var http = new HttpClient();
        using HttpResponseMessage answer = await http.GetAsync(new Uri($"{_service.Process.Http}/v1/decisions/{decision.DecisionId}"));
        using HttpResponseMessage missing = await http.GetAsync(new Uri($"{_service.Process.Http}/{customer}"));
    }

    private async Task<HashSet<string>> SeriesAsync() =>
    [
        .. (await Scrape.ReadAsync(_service, asOpenMetrics: false)).Where(s => !s.Labels.ContainsKey("le")).Select(
            s => s.Name + string.Join(',', s.Labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key}={l.Value}"))),
    ];

    private static bool IsOurs(string name) =>
        name.StartsWith("winback_", StringComparison.Ordinal) || name.StartsWith("messaging_", StringComparison.Ordinal);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>The values of each tag, under its name in Prometheus; over all instruments that have it.</summary>
    private static Dictionary<string, HashSet<string>> Documented()
    {
        var values = new Dictionary<string, HashSet<string>>
        {
            ["messaging_destination_partition_id"] =
                [.. Enumerable.Range(0, Stores.Partitions).Select(p => p.ToString(CultureInfo.InvariantCulture))],
            ["winback_feature"] = [.. FeatureSchema.Default.Names, "prediction"],
            ["winback_script"] =
            [
                .. typeof(KafkaOptions).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".lua", StringComparison.Ordinal))
                    .Select(name => name.Split('.')[^2]),
            ],
        };
        const StringSplitOptions trimmed = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        foreach (string line in File.ReadLines(Path.Combine(Repository.Root, "docs/METRICS.md")))
            if (line.Split('|') is ["", _, _, _, var tags, _, ..])
                foreach (Match tag in TagPattern().Matches(tags))
                {
                    string label = tag.Groups["tag"].Value.Replace('.', '_');
                    values.TryAdd(label, []);
                    values[label].UnionWith(tag.Groups["values"].Value.Split(',', trimmed));
                }

        return values;
    }

    /// <summary>`tag`: its values, of the last one as far as the cell goes.</summary>
    [GeneratedRegex("`(?<tag>[a-z._]+)`(: (?<values>[a-z_, ]+))?")]
    private static partial Regex TagPattern();
}
