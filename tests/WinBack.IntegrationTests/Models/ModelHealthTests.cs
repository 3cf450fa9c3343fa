using WinBack.Core.Models;
using WinBack.IntegrationTests.Cli;
using WinBack.Testing.Models;
using WinBack.Trees.ModelFiles;
using WinBack.V1;

namespace WinBack.IntegrationTests.Models;

/// <summary>What a service sees of its models, and what it does about it.</summary>
public sealed class ModelHealthTests
{
    private const int Customers = 400;
    private static readonly StumpModel Champion = new("churn");

    [Fact]
    public async Task ShadowAndDrift_AreCountedAndShown()
    {
        await using ServingBench bench = await ServingBench.StartAsync();
        await bench.WriteCustomersAsync(Customers);
        // Made from customers with one to three orders; those here have one to eight.
        ReferenceHistogram orders = ReferenceHistogram.Of("purchases_lifetime", Enumerable.Range(0, 3_000).Select(i => (float)(1 + (i % 3))));
        string champion = await bench.PushAsync(Champion with { FeatureHistograms = [orders] });
        string challenger = await bench.PushAsync(Champion with { HighScore = 2 });
        await bench.PromoteAsync("churn", champion);
        await bench.Registry.ChangeAsync(c => CatalogueRules.Shadow(c, "churn", challenger, ServingBench.Note));
        await bench.UntilServedAsync(champion);
        await bench.Service.UntilAsync(async () => (await FollowedAsync(bench)) == 4, "the challenger is followed");

        await bench.PreviewAllAsync(Customers);
        ModelReport report = new();
        await bench.Service.UntilAsync(
            async () => (report = await ReportAsync(bench)).Shadow?.Segments[0].Requests == Customers, "all requests are looked at");

        int high = Enumerable.Range(0, Customers).Count(i => ServingBench.OrdersOf(i) > 3);
        double delta = (Probability(2) - Probability(1)) * high / Customers;
        Assert.Equal((challenger, champion), (report.Shadow.Challenger, report.Shadow.Champion));
        Assert.Equal(delta, report.Shadow.Segments[0].MeanDelta, 6);
        Assert.Equal((double)high / Customers, report.Shadow.Segments[0].Disagreement, 6);
        Assert.Equal(1, report.Shadow.RankCorrelation, 6);
        Assert.Equal(Customers, report.Shadow.Segments.Skip(1).Sum(s => s.Requests));
        V1.DriftReading drift = Assert.Single(report.Drift);
        Assert.Equal(("purchases_lifetime", true, (long)Customers), (drift.Name, drift.Drifting, drift.Observations));

        // What was seen in the shadow stays when it ends.
        await bench.Registry.ChangeAsync(c => CatalogueRules.Shadow(c, "churn", "", ServingBench.Note));
        await bench.Service.UntilAsync(async () => (await ReportAsync(bench)).Shadow is null, "the shadow has ended");
        var request = new GetModelVersionRequest { Model = "churn", Version = challenger };
        Assert.Equal([report.Shadow], (await bench.Service.Models.GetModelVersionAsync(request)).Shadows);
        (_, string shown, _) = await CommandLine.RunAsync("model", "show", "churn", "--redis", bench.Service.Process.Redis);
        Assert.Contains($"shadow {challenger}: rank correlation 1.000 with {champion}", shown, StringComparison.Ordinal);

        (int exit, string text, string error) = await CommandLine.RunAsync("model", "health", "--redis", bench.Service.Process.Redis);
        Assert.Equal((1, ""), (exit, error));
        Assert.Contains("DRIFT purchases_lifetime", text, StringComparison.Ordinal);
        using var http = new HttpClient();
        string metrics = await http.GetStringAsync(bench.Service.Process.Http + "/metrics");
        Assert.Contains("winback_model_drift_features{winback_model=\"churn\"} 1", metrics, StringComparison.Ordinal);
        Assert.Contains("winback_model_shadow_rank_correlation{winback_model=\"churn\"} 1", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CanaryThatSaysSomethingElse_IsRolledBackByTheNode_AndWrittenDown()
    {
        await using ServingBench bench = await ServingBench.StartAsync();
        await bench.WriteCustomersAsync(Customers);
        string champion = await bench.PushAsync(Champion);
        string canary = await bench.PushAsync(Champion with { LowScore = 3, HighScore = -3 });
        await bench.PromoteAsync("churn", champion);
        foreach (int percent in new[] { 1, 5, 25 })
            await bench.Registry.ChangeAsync(c => CatalogueRules.Canary(c, "churn", canary, percent, ServingBench.Note));
        await bench.UntilServedAsync(champion);

        // A hundred customers of four hundred, so some rounds until two hundred requests are there.
        await bench.Service.UntilAsync(
            async () =>
            {
                await bench.PreviewAllAsync(Customers);
                return (await bench.Registry.ReadAsync()).Find("churn")!.Canary is null;
            },
            "the rollout is ended");

        ModelCatalogue catalogue = await bench.Registry.ReadAsync();
        AuditEntry last = (await bench.Registry.ReadChangesAsync(catalogue.Revision + 1, 1))[0];
        Assert.Equal((ModelChange.CanaryRollback, $"{canary} at 25 %", ""), (last.Change, last.From, last.To));
        Assert.StartsWith("node ", last.By, StringComparison.Ordinal);
        Assert.Contains("predictions differ from the champion's", last.Reason, StringComparison.Ordinal);
        await bench.Service.UntilAsync(async () => (await FollowedAsync(bench)) == catalogue.Revision, "the end is followed");
        foreach (Decision decision in await bench.PreviewAllAsync(Customers))
            Assert.Equal(champion, ServingBench.VersionsOf(decision).Churn);
        Assert.Contains($"Rollout of churn {canary} at 25 % is ended", bench.Service.Process.EndOfLog(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RefusedVersion_IsShown_AndNodesThatStopAreGone()
    {
        ServingBench bench = await ServingBench.StartAsync();
        await using (bench)
        {
            bench.Service.MayLogErrors = true;
            string bad = await bench.PushAsync((Champion with { SchemaHash = "0123456789abcdef" }).Package());
            await bench.PromoteAsync("churn", bad);
            ModelReport report = new();
            await bench.Service.UntilAsync(async () => (report = await ReportAsync(bench)).Refused.Count == 1, "the refusal is reported");

            Assert.Equal((bad, "champion"), (report.Refused[0].Version, report.Refused[0].Alias));
            Assert.Contains("feature schema", report.Refused[0].Problem, StringComparison.Ordinal);
            Assert.True(report.FromFolder);
            (int exit, string text, _) = await CommandLine.RunAsync("model", "health", "churn", "--redis", bench.Service.Process.Redis);
            Assert.Equal(1, exit);
            Assert.Contains($"REFUSED {bad} as champion", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task LabelledTable_MeasuresCalibration_ForEverybodyToSee()
    {
        await using RegistryBench bench = await RegistryBench.StartAsync("redis-server");
        string folder = Directory.CreateTempSubdirectory("winback-labels-").FullName;
        try
        {
            string version = (await bench.PushAsync(Champion)).Entry!.To;
            await bench.PromoteAsync("churn", version);
            string asItSays = Table(folder, "as-it-says.csv", shareOfHigh: Probability(1), shareOfLow: Probability(-1));
            string otherwise = Table(folder, "otherwise.csv", shareOfHigh: 0.4, shareOfLow: 0.1);

            (int exit, string text, string error) = await CommandLine.RunAsync(
                "model", "health", "churn", "--labels", asItSays, "--redis", bench.Address);
            Assert.True(exit == 0, error + text);
            Assert.Contains($"calibration of churn {version}", text, StringComparison.Ordinal);
            (exit, text, _) = await CommandLine.RunAsync("model", "health", "churn", "--labels", otherwise, "--redis", bench.Address);
            Assert.Equal(1, exit);
            Assert.Contains("DRIFT", text, StringComparison.Ordinal);
            (exit, text, _) = await CommandLine.RunAsync("model", "health", "--redis", bench.Address);
            Assert.Equal(1, exit);
            Assert.Contains("2000 rows", text, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Probability(double score) => 1 / (1 + Math.Exp(-score));

    private static async Task<long> FollowedAsync(ServingBench bench) =>
        (await bench.Service.Models.GetModelHealthAsync(new GetModelHealthRequest())).Nodes.Select(n => n.Revision).FirstOrDefault();

    private static async Task<ModelReport> ReportAsync(ServingBench bench)
    {
        ModelHealth health = await bench.Service.Models.GetModelHealthAsync(new GetModelHealthRequest());
        return health.Nodes.SelectMany(n => n.Models).FirstOrDefault(m => m.Name == "churn") ?? new ModelReport();
    }

    /// <summary>A thousand rows of each leaf, with labels as often as said.</summary>
    private static string Table(string folder, string name, double shareOfHigh, double shareOfLow)
    {
        var text = new System.Text.StringBuilder(string.Join(',', Core.Features.FeatureSchema.Default.Names)).Append(",label\n");
        int column = Core.Features.FeatureSchema.Default.IndexOf("purchases_lifetime");
        for (int i = 0; i < 2_000; i++)
        {
            bool isHigh = i % 2 == 0;
            string[] fields = [.. Enumerable.Repeat("1", Core.Features.FeatureSchema.Default.Count)];
            fields[column] = isHigh ? "9" : "1";
            bool label = i / 2 < 1_000 * (isHigh ? shareOfHigh : shareOfLow);
            text.Append(string.Join(',', fields)).Append(label ? ",1\n" : ",0\n");
        }

        string path = Path.Combine(folder, name);
        File.WriteAllText(path, text.ToString());
        return path;
    }
}
