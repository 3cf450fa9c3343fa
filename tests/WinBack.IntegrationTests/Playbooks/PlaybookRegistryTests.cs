using Google.Protobuf;
using WinBack.Adapters.Redis;
using WinBack.Core.Models;
using WinBack.Core.Policy;
using WinBack.IntegrationTests.Cli;
using WinBack.IntegrationTests.Models;
using WinBack.IntegrationTests.Service;

namespace WinBack.IntegrationTests.Playbooks;

/// <summary>The registry of playbooks on real servers, and the commands that change it.</summary>
public sealed class PlaybookRegistryTests : IDisposable
{
    private static readonly ChangeNote Note = RegistryBench.Note;
    private readonly string _folder = Directory.CreateTempSubdirectory("winback-playbooks-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("redis-server")]
    [InlineData("garnet")]
    public async Task Registry_DoesAllThatARegistryMust(string kind)
    {
        await using RegistryBench bench = await RegistryBench.StartAsync(kind);
        foreach (Func<RegistryBench, Task> check in new Func<RegistryBench, Task>[] { RoundTripAsync, RaceAsync, WrittenOverAsync })
        {
            await bench.ClearAsync();
            await check(bench);
        }
    }

    /// <summary>Without the comparison the slower of two writers would take back what the faster one did.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TwoWriters_TheSlowerTakesNothingBack(bool isGuarded)
    {
        await using RegistryBench bench = await RegistryBench.StartAsync("redis-server");
        PlaybookRegistry registry = RegistryOf(bench);
        const string guard = "if found ~= ARGV[1] then\n  return {0, found}\nend";
        var store = new CatalogueStore(bench.Redis, TimeSpan.FromSeconds(30), RegistryKeys.Playbooks)
        {
            Script = isGuarded ? new Adapters.Redis.LuaScript("registry") : new Adapters.Redis.LuaScript("registry").Without(guard),
        };
        bool isMeanwhile = false;
        store.BetweenReadAndChange = async () =>
        {
            if (isMeanwhile) return;
            isMeanwhile = true;
            await registry.PushAsync("a@1", "one", Note);
        };
        Task<PlaybookStep> slow = new PlaybookRegistry(bench.Redis, TimeSpan.FromSeconds(30)) { Store = store }.PushAsync("a@2", "two", Note);
        if (isGuarded)
        {
            await slow;
            PlaybookCatalogue catalogue = await registry.ReadAsync();
            Assert.Equal(("a@2", "a@1"), (catalogue.Live, catalogue.PastLive[^1]));
            return;
        }

        // The second guard: an entry of the trail is never written over, so even then nothing is lost silently.
        await Assert.ThrowsAsync<RegistryException>(() => slow);
    }

    [Fact]
    public async Task Commands_PutAPlaybookLiveAndTakeItBack()
    {
        await using RegistryBench bench = await RegistryBench.StartAsync("redis-server");
        string one = Write("one.yaml", limit: 1), two = Write("two.yaml", limit: 2);
        Assert.StartsWith("live: the file of the services", await DoAsync(bench, "list"), StringComparison.Ordinal);

        Assert.StartsWith("Would be revision 1", await DoAsync(bench, "push", one, "--validate-only"), StringComparison.Ordinal);
        await DoAsync(bench, "push", one, "--by", "ann", "--reason", "first");
        string first = (await RegistryOf(bench).ReadAsync()).Live;
        await DoAsync(bench, "push", two);
        Assert.Contains("Nothing to do", await DoAsync(bench, "push", two), StringComparison.Ordinal);
        string told = await DoAsync(bench, "rollback", "--to", first, "--reason", "too many");

        PlaybookCatalogue catalogue = await RegistryOf(bench).ReadAsync();
        Assert.Equal((3, first), (catalogue.Revision, catalogue.Live));
        Assert.Equal(File.ReadAllText(one), await RegistryOf(bench).ReadTextAsync(catalogue.Find(first)!));
        Assert.EndsWith($"live: {first}\n", told, StringComparison.Ordinal);
        string listed = await DoAsync(bench, "list");
        Assert.Contains("push the file of the services -> small@", listed, StringComparison.Ordinal);
        Assert.Contains("by ann: first", listed, StringComparison.Ordinal);
        Assert.Matches($@"{first}  20.* KiB  by ann  live\n", listed);
        Assert.Contains($"-> {first}  by {Environment.UserName}: too many", listed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Push_OfARefusedPlaybook_ChangesNothing()
    {
        await using RegistryBench bench = await RegistryBench.StartAsync("redis-server");
        string bad = Path.Combine(_folder, "bad.yaml");
        File.WriteAllText(bad, "name: small\ncurrency: pounds\n");

        (int exit, _, string error) = await CommandLine.RunAsync("policy", "push", bad, "--redis", bench.Address);

        Assert.Equal(1, exit);
        Assert.Contains("bad.yaml:2: currency:", error, StringComparison.Ordinal);
        Assert.Equal(0, (await RegistryOf(bench).ReadAsync()).Revision);
        (exit, _, error) = await CommandLine.RunAsync("policy", "rollback", "--redis", bench.Address);
        Assert.Equal((1, "winback: no other playbook was live before\n"), (exit, error));
    }

    [Fact]
    public async Task Simulate_RunsWhatWasPushed_AndNamesAVersionThatWasNot()
    {
        await using RegistryBench bench = await RegistryBench.StartAsync("redis-server");
        string events = Path.Combine(_folder, "some.jsonl"), report = Path.Combine(_folder, "report.html");
        string[] simulate = ["--redis", bench.Address, "--events", events, "--days", "3", "--out", report,
            "--models", Path.Combine(Repository.Root, "models")];
        string shipped = Path.Combine(Repository.Root, "playbooks", "commerce.yaml");
        var bought = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        await File.WriteAllLinesAsync(events, Enumerable.Range(0, 5).Select(i =>
            JsonFormatter.Default.Format(Events.Purchase($"c{i}", bought.AddDays(i)))));
        Assert.Equal(0, (await CommandLine.RunAsync("policy", "push", shipped, "--redis", bench.Address)).Code);
        string live = (await RegistryOf(bench).ReadAsync()).Live;

        (int exit, string output, string error) = await CommandLine.RunAsync(["policy", "simulate", "live", .. simulate]);
        Assert.Equal((0, ""), (exit, error));
        Assert.StartsWith(live + "\n", output, StringComparison.Ordinal);
        Assert.Contains(live, await File.ReadAllTextAsync(report), StringComparison.Ordinal);
        (exit, _, error) = await CommandLine.RunAsync(["policy", "simulate", "none@1", .. simulate]);
        Assert.Equal((1, "winback: the registry has no playbook none@1: `winback policy list` shows those that were pushed\n"), (exit, error));
    }

    private static async Task RoundTripAsync(RegistryBench bench)
    {
        PlaybookRegistry registry = RegistryOf(bench);
        Assert.Equal("", await registry.ReadStampAsync());
        Assert.Equal("", (await registry.ReadAsync()).Live);
        await registry.PushAsync("a@1", "text: ä", Note);
        string stamp = await registry.ReadStampAsync();
        Assert.StartsWith("1-", stamp, StringComparison.Ordinal);
        await registry.PushAsync("a@1", "text: another layout", Note);
        Assert.Equal(stamp, await registry.ReadStampAsync());
        await registry.PushAsync("a@2", "two", Note);
        // A version keeps the text that it came with.
        await registry.PushAsync("a@1", "text: another layout", Note);
        PlaybookCatalogue catalogue = await registry.ReadAsync();
        Assert.Equal("text: ä", await registry.ReadTextAsync(catalogue.Find("a@1")!));
        Assert.Equal("two", await registry.ReadTextAsync(catalogue.Find("a@2")!));
        await registry.RollbackAsync("a@2", Note);
        Assert.Equal(
            [("a@1", "a@2"), ("a@2", "a@1"), ("a@1", "a@2"), ("", "a@1")],
            (await registry.ReadChangesAsync(before: 5, count: 10)).Select(e => (e.From, e.To)));
    }

    /// <summary>Forty writers at once: each change is made once, none is lost, and the trail has no gap.</summary>
    private static async Task RaceAsync(RegistryBench bench)
    {
        PlaybookRegistry registry = RegistryOf(bench);
        int made = 0;
        await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            while (true)
            {
                try
                {
                    await registry.PushAsync($"a@{i}", $"text {i}", Note);
                    Interlocked.Increment(ref made);
                    return;
                }
                catch (Adapters.StoreUnavailableException)
                {
                    // The registry kept changing under it, as it says; so it tries again.
                }
            }
        }));
        PlaybookCatalogue catalogue = await registry.ReadAsync();
        Assert.Equal((40, 40, 40), (made, (int)catalogue.Revision, catalogue.Versions.Count));
        IReadOnlyList<PlaybookAuditEntry> trail = await registry.ReadChangesAsync(before: 41, count: 40);
        Assert.Equal(40, trail.Count);
        for (int i = 0; i + 1 < trail.Count; i++) Assert.Equal(trail[i + 1].To, trail[i].From);
        foreach (PlaybookVersion version in catalogue.Versions)
            Assert.Equal("text " + version.Version[2..], await registry.ReadTextAsync(version));
    }

    private static async Task WrittenOverAsync(RegistryBench bench)
    {
        PlaybookRegistry registry = RegistryOf(bench);
        PlaybookVersion version = (await registry.PushAsync("a@1", "text", Note)).Next.Find("a@1")!;
        await bench.Redis.StringSetAsync(RegistryKeys.Playbooks.Content(version.Sha256), "other");
        var e = await Assert.ThrowsAsync<RegistryException>(() => registry.ReadTextAsync(version));
        Assert.Contains("written over", e.Message, StringComparison.Ordinal);
        await bench.Redis.KeyDeleteAsync(RegistryKeys.Playbooks.Content(version.Sha256));
        e = await Assert.ThrowsAsync<RegistryException>(() => registry.ReadTextAsync(version));
        Assert.Contains("gone", e.Message, StringComparison.Ordinal);
    }

    private static PlaybookRegistry RegistryOf(RegistryBench bench) => new(bench.Redis, TimeSpan.FromSeconds(30));

    private string Write(string name, int limit)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, $$"""
            name: small
            currency: GBP
            caps: [ { name: mail_7d, scope: channel, of: email, limit: {{limit}}, window: 7d } ]
            actions: [ { name: mail, channel: email, content: c, response_odds_ratio: 2 } ]
            """);
        return path;
    }

    private static async Task<string> DoAsync(RegistryBench bench, params string[] arguments)
    {
        (int exit, string output, string error) = await CommandLine.RunAsync(["policy", .. arguments, "--redis", bench.Address]);
        Assert.True(exit == 0, error);
        return output;
    }
}
