using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using WinBack.Core.Metrics;
using WinBack.IntegrationTests.Service;

namespace WinBack.IntegrationTests.Ops;

/// <summary>ops/prometheus and ops/grafana, held to real Prometheus tools and to the metrics that there are.</summary>
[Collection(ServiceCollection.Name)]
public sealed partial class MonitoringTests(ServiceFixture fixture)
{
    private static readonly string Prometheus = PrometheusRules.Folder;

    [Fact]
    public async Task ConfigurationAndRules_PassPromtool()
    {
        await ForeignTool.RunAsync("promtool", ["check", "config", Path.Combine(Prometheus, "prometheus.yml")]);
        await ForeignTool.RunAsync("promtool", ["test", "rules", .. Directory.GetFiles(Path.Combine(Prometheus, "tests"), "*.yml")]);
    }

    /// <summary>An alert that nobody tried, or of which nobody says what to do, is none.</summary>
    [Fact]
    public void Alerts_HaveAUnitTest_AndARowInTheDocument()
    {
        string tests = string.Concat(Directory.GetFiles(Path.Combine(Prometheus, "tests"), "*.yml").Select(File.ReadAllText));
        string document = File.ReadAllText(Path.Combine(Repository.Root, "docs/OPERATIONS.md"));
        Assert.All(PrometheusRules.Alerts, alert =>
        {
            Assert.Matches($@"alertname: {alert}\n\s+exp_alerts:\n\s+- exp_labels", tests);
            Assert.Contains($"`{alert}`", document, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Prometheus_ScrapesTheService_AndAnswersEveryQueryOfRulesAndDashboards()
    {
        RunningService service = fixture.Service;
        await service.FoldAsync(Events.Orders("scraped", lastDaysAgo: 100, service.Now));
        await service.DecideAsync("scraped");

        await using PrometheusServer prometheus = PrometheusServer.Start(new Uri(service.Process.Http).Authority, Path.Combine(Prometheus, "rules"));
        await prometheus.UntilAsync("up", values => values is [1]);
        await prometheus.UntilAsync("winback_fold_records_total{winback_fold_outcome=\"folded\"}", values => values is [>= 5]);
        await prometheus.UntilAsync("sum(winback_decision_duration_seconds_count)", values => values is [>= 1]);
        await prometheus.UntilAsync("winback:fold_lag:sum", values => values is [>= 0]);

        HashSet<string> known = [.. Instrumented(), .. PrometheusRules.Records, .. await ScrapedAsync(service)];
        foreach (string query in Queries())
        {
            await prometheus.QueryAsync(query);
            string plain = LabelPattern().Replace(query, "");
            Assert.All(MetricPattern().Matches(plain).Select(m => m.Value), name => Assert.True(known.Contains(name), $"no metric {name}: {query}"));
        }
    }

    private static List<string> Queries() =>
    [
        .. Directory.GetFiles(Path.Combine(Repository.Root, "ops/grafana/dashboards"), "*.json").SelectMany(Expressions),
        .. PrometheusRules.Expressions,
    ];

    private static IEnumerable<string> Expressions(string file)
    {
        using JsonDocument dashboard = JsonDocument.Parse(File.ReadAllText(file));
        return
        [
            .. dashboard.RootElement.GetProperty("panels").EnumerateArray()
                .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
                .Select(target => target.GetProperty("expr").GetString()!),
        ];
    }

    /// <summary>The instruments by their names in Prometheus: of counters that did not count yet nothing is scraped.</summary>
    private static IEnumerable<string> Instrumented()
    {
        foreach (PropertyInfo property in typeof(Instruments).GetProperties(BindingFlags.Static | BindingFlags.Public))
        {
            var instrument = (Instrument)property.GetValue(null)!;
            string name = instrument.Name.Replace('.', '_') + (instrument.Unit == "s" ? "_seconds" : "");
            yield return instrument switch
            {
                Counter<long> => name + "_total",
                Histogram<double> => name + "_bucket",
                _ => name,
            };
            if (instrument is Histogram<double>) yield return name + "_count";
        }
    }

    /// <summary>Of runtime, Kestrel and ASP.NET Core.</summary>
    private static async Task<IEnumerable<string>> ScrapedAsync(RunningService service)
    {
        using var http = new HttpClient();
        string text = await http.GetStringAsync(service.Process.Http + "/metrics");
        return SamplePattern().Matches(text).Select(m => m.Groups[1].Value).ToHashSet();
    }

    /// <summary>Selectors and groupings: what else has letters are metrics and functions.</summary>
    [GeneratedRegex(@"\{[^}]*\}|\b(by|on|group_left) \([^)]*\)")]
    private static partial Regex LabelPattern();

    /// <summary>Every metric here has an underscore or a colon; so have a few functions, whose names are followed by a bracket.</summary>
    [GeneratedRegex(@"\b[a-z]+[_:][a-z0-9_:]+\b(?!\s*\()")]
    private static partial Regex MetricPattern();

    [GeneratedRegex(@"^([a-z_0-9]+)[ {]", RegexOptions.Multiline)]
    private static partial Regex SamplePattern();
}
