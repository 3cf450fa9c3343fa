using StackExchange.Redis;
using WinBack.Adapters.Playbooks;
using WinBack.Adapters.Redis;
using WinBack.Core.Features;
using WinBack.Core.Models;
using WinBack.Core.Policy;
using WinBack.IntegrationTests.Models;
using WinBack.IntegrationTests.Service;
using WinBack.V1;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace WinBack.IntegrationTests.Playbooks;

/// <summary>A service that runs, and playbooks that come and go under it.</summary>
public sealed class PlaybookServingTests
{
    private const int Callers = 50;
    private static readonly ChangeNote Note = RegistryBench.Note;

    [Fact]
    public async Task PushedAndRolledBackUnderLoad_NoCallFails_AndEveryAnswerNamesALivePlaybook()
    {
        await using ServingBench bench = await ServingBench.StartAsync();
        PlaybookRegistry registry = RegistryOf(bench);
        string file = await ServedAsync(bench);
        Assert.StartsWith("default@", file, StringComparison.Ordinal);
        (string Version, string Text)[] playbooks = [Playbook("one"), Playbook("two")];
        var live = new LiveVersions(file);
        using var end = new CancellationTokenSource();
        Task<int>[] callers = [.. Enumerable.Range(0, Callers).Select(i => CallAsync(bench, live, i, end.Token))];

        for (int round = 0; round < 6; round++)
        {
            (string version, string text) = playbooks[round % 2];
            await MoveAsync(bench, live, version, () => registry.PushAsync(version, text, Note));
        }

        await MoveAsync(bench, live, playbooks[0].Version, () => registry.RollbackAsync(playbooks[0].Version, Note));
        // All the way back, to the file.
        live.Begin(playbooks[1].Version);
        while ((await registry.ReadAsync()).PastLive.Count > 1) await registry.RollbackAsync(to: null, Note);
        await MoveAsync(bench, live, file, () => registry.RollbackAsync(to: null, Note));
        await end.CancelAsync();
        Assert.All(await Task.WhenAll(callers), count => Assert.True(count > 0));
    }

    [Fact]
    public async Task BadPlaybooks_AreRefused_AndTheOldOneStays()
    {
        await using ServingBench bench = await ServingBench.StartAsync();
        bench.Service.MayLogErrors = true;
        PlaybookRegistry registry = RegistryOf(bench);
        (string good, string text) = Playbook("good");
        await registry.PushAsync(good, text, Note);
        await UntilServedAsync(bench, good);
        (string Why, string Text)[] bad =
        [
            ("sequence.discount_from_touch: 1 is out of range (rule S2)", text + "\nsequence: { discount_from_touch: 1 }\n"),
            ("its amounts are in EUR", text.Replace("GBP", "EUR", StringComparison.Ordinal)),
            ("is no YAML", "name: {"),
        ];

        for (int i = 0; i < bad.Length; i++)
        {
            await registry.PushAsync($"bad@{i}", bad[i].Text, Note);
            await bench.Service.UntilAsync(
                () => Task.FromResult(Log().Contains($"Playbook bad@{i} is refused", StringComparison.Ordinal)), "it is refused");
            Assert.Contains(bad[i].Why, Log(), StringComparison.Ordinal);
            Assert.Equal(good, await ServedAsync(bench));
            Assert.Equal(ServingStatus.Serving, await bench.Service.HealthAsync());
        }

        (string next, string nextText) = Playbook("next");
        await registry.PushAsync(next, nextText, Note);
        await UntilServedAsync(bench, next);
        // Every refusal was told once, however often the node has looked since.
        Assert.Equal(bad.Length, bench.Service.LoggedErrors().Count);
        using var http = new HttpClient();
        string metrics = await http.GetStringAsync(bench.Service.Process.Http + "/metrics");
        Assert.Contains($"winback_playbook_refused_total {bad.Length}", metrics, StringComparison.Ordinal);

        string Log() => bench.Service.Process.EndOfLog();
    }

    /// <summary>A node that starts while a bad one is live serves what the others serve.</summary>
    [Fact]
    public async Task StartedWhileABadOneIsLive_ServesTheLastGoodOne()
    {
        await using Stores stores = await Stores.StartAsync();
        await using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(stores.Redis.Patient);
        var registry = new PlaybookRegistry(connection.GetDatabase(), TimeSpan.FromSeconds(30));
        (string good, string text) = Playbook("good");
        await registry.PushAsync(good, text, Note);
        await registry.PushAsync("bad@1", "name: {", Note);

        await using RunningService service = await RunningService.StartAsync([.. stores.Settings("decide"), "--Redis:CommandTimeout=00:00:30"]);
        service.MayLogErrors = true;
        await service.UntilAsync(async () => await service.HealthAsync() == ServingStatus.Serving, "the service is ready");

        Decision decision = await service.DecideAsync("anybody", view: DecisionView.Full);
        Assert.Equal(good, decision.Evidence.PlaybookVersion);
    }

    private static async Task MoveAsync(ServingBench bench, LiveVersions live, string version, Func<Task<PlaybookStep>> change)
    {
        live.Begin(version);
        Assert.NotNull((await change()).Entry);
        await UntilServedAsync(bench, version);
        live.Settle(version);
    }

    private static async Task<int> CallAsync(ServingBench bench, LiveVersions live, int caller, CancellationToken end)
    {
        int calls = 0;
        while (!end.IsCancellationRequested)
        {
            IReadOnlySet<string> before = live.Now;
            Decision decision = await bench.Service.DecideAsync($"caller-{caller}", view: DecisionView.Full);
            string version = decision.Evidence.PlaybookVersion;
            Assert.True(before.Contains(version) || live.Now.Contains(version), $"{version} was not live");
            // One playbook for the whole of a decision: each knows one action, called as the playbook is.
            string[] actions = [.. decision.Evidence.Rejections.Select(r => r.Action).Distinct()];
            if (version.Split('@')[0] is not "default" and var name) Assert.Equal([name], actions);
            calls++;
        }

        return calls;
    }

    private static async Task<string> ServedAsync(ServingBench bench) => (await bench.PreviewAsync("anybody")).Evidence.PlaybookVersion;

    private static Task UntilServedAsync(ServingBench bench, string version) =>
        bench.Service.UntilAsync(async () => await ServedAsync(bench) == version, $"{version} is served");

    private static PlaybookRegistry RegistryOf(ServingBench bench) => new(bench.Redis, TimeSpan.FromSeconds(30));

    /// <summary>A playbook whose one action is called as it is.</summary>
    private static (string Version, string Text) Playbook(string name)
    {
        string text = $$"""
            name: {{name}}
            currency: GBP
            actions: [ { name: {{name}}, channel: email, content: c, response_odds_ratio: 2 } ]
            """;
        return (PlaybookFile.Parse("p.yaml", text, FeatureSchema.Default.Names).Model!.Version, text);
    }
}
