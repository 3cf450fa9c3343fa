using WinBack.Core.Models;
using WinBack.Testing.Models;
using WinBack.Trees.ModelFiles;
using WinBack.V1;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace WinBack.IntegrationTests.Models;

/// <summary>A service that runs, and models that come and go under it.</summary>
public sealed class ModelServingTests
{
    private const int Callers = 200;

    [Fact]
    public async Task PromotedAndRolledBackUnderLoad_NoCallFails_AndEveryAnswerNamesALiveVersion()
    {
        await using ServingBench bench = await ServingBench.StartAsync();
        string folder = (await bench.ServedAsync()).Churn;
        string[] versions = [await bench.PushAsync(new StumpModel("churn")), await bench.PushAsync(new StumpModel("churn") { HighScore = 2 })];
        var live = new LiveVersions(folder);
        using var end = new CancellationTokenSource();
        Task<int>[] callers = [.. Enumerable.Range(0, Callers).Select(i => CallAsync(bench, live, i, end.Token))];

        for (int round = 0; round < 6; round++)
        {
            string version = versions[round % 2];
            live.Begin(version);
            await bench.PromoteAsync("churn", version);
            await bench.UntilServedAsync(version);
            live.Settle(version);
        }

        live.Begin(versions[0]);
        await bench.Registry.ChangeAsync(c => CatalogueRules.Rollback(c, "churn", versions[0], ServingBench.Note));
        await bench.UntilServedAsync(versions[0]);
        live.Settle(versions[0]);
        await end.CancelAsync();
        int[] calls = await Task.WhenAll(callers);

        Assert.All(calls, count => Assert.True(count > 0));
    }

    [Fact]
    public async Task BadModels_Promoted_AreRefused_AndTheOldOneStays()
    {
        await using ServingBench bench = await ServingBench.StartAsync();
        bench.Service.MayLogErrors = true;
        var churn = new StumpModel("churn");
        ModelPackage good = churn.Package();
        string served = await bench.PushAsync(good);
        await bench.PromoteAsync("churn", served);
        await bench.UntilServedAsync(served);
        (string Why, ModelPackage Package)[] bad =
        [
            ("feature schema", (churn with { SchemaHash = "0123456789abcdef", HighScore = 3 }).Package()),
            ("SHA-256", Tampered((churn with { HighScore = 4 }).Package())),
            ("not a finite number", StumpModel.WithNaNLeaf((churn with { LowScore = -5 }).Package(), -5)),
            ("Row 3", StumpModel.WithWrongGoldenRow((churn with { HighScore = 6 }).Package())),
        ];

        foreach ((string why, ModelPackage package) in bad)
        {
            string version = await bench.PushAsync(package);
            await bench.PromoteAsync("churn", version);
            await bench.Service.UntilAsync(
                () => Task.FromResult(Log().Contains($"Model churn {version} is refused", StringComparison.Ordinal)), "it is refused");
            Assert.Contains(why, Log(), StringComparison.Ordinal);
            Assert.Equal(served, (await bench.ServedAsync()).Churn);
            Assert.Equal(ServingStatus.Serving, await bench.Service.HealthAsync());
        }

        // The good one is promoted again: every refusal was told once, however often the node has looked since.
        string next = await bench.PushAsync(churn with { HighScore = 7 });
        await bench.PromoteAsync("churn", next);
        await bench.UntilServedAsync(next);
        Assert.Equal(bad.Length, bench.Service.LoggedErrors().Count);
        using var http = new HttpClient();
        string metrics = await http.GetStringAsync(bench.Service.Process.Http + "/metrics");
        Assert.Contains($"winback_model_refused_total{{winback_model=\"churn\"}} {bad.Length}", metrics, StringComparison.Ordinal);

        string Log() => bench.Service.Process.EndOfLog();
    }

    [Fact]
    public async Task Canary_ReachesTheSameCustomersAsTheHashSays()
    {
        await using ServingBench bench = await ServingBench.StartAsync();
        string folder = (await bench.ServedAsync()).WinBack;
        string version = await bench.PushAsync(new StumpModel("winback"));
        foreach (int percent in new[] { 1, 5, 25 })
            await bench.Registry.ChangeAsync(c => CatalogueRules.Canary(c, "winback", version, percent, ServingBench.Note));
        Core.Models.CanaryRollout rollout = (await bench.Registry.ReadAsync()).Find("winback")!.Canary!;
        string[] customers = [.. Enumerable.Range(0, 60).Select(i => $"customer-{i}")];
        string reached = customers.First(c => CanaryBucket.Reaches(rollout, new Core.Events.CustomerId(c)));
        await bench.Service.UntilAsync(
            async () => ServingBench.VersionsOf(await bench.PreviewAsync(reached)).WinBack == version, "the rollout has begun");

        foreach (string customer in customers)
        {
            string expected = CanaryBucket.Reaches(rollout, new Core.Events.CustomerId(customer)) ? version : folder;
            Assert.Equal(expected, ServingBench.VersionsOf(await bench.PreviewAsync(customer)).WinBack);
        }
    }

    private static async Task<int> CallAsync(ServingBench bench, LiveVersions live, int caller, CancellationToken end)
    {
        int calls = 0;
        while (!end.IsCancellationRequested)
        {
            IReadOnlySet<string> before = live.Now;
            Decision decision = await bench.Service.DecideAsync($"caller-{caller}", view: DecisionView.Full);
            string version = ServingBench.VersionsOf(decision).Churn;
            Assert.True(before.Contains(version) || live.Now.Contains(version), $"{version} was not live");
            calls++;
        }

        return calls;
    }

    /// <summary>Trees that were exchanged after the manifest was written.</summary>
    private static ModelPackage Tampered(ModelPackage package)
    {
        byte[] binary = [.. package.Binary];
        binary[^20] ^= 1;
        return StumpModel.WithBinary(package, binary, isHashMended: false);
    }
}
