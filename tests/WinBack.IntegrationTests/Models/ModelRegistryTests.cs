using WinBack.Adapters.Redis;
using WinBack.Core.Models;
using WinBack.Testing.Models;
using static WinBack.IntegrationTests.Models.RegistryBench;

namespace WinBack.IntegrationTests.Models;

public sealed class ModelRegistryTests
{
    [Theory]
    [InlineData("redis-server")]
    [InlineData("garnet")]
    public async Task Registry_DoesAllThatARegistryMust(string kind)
    {
        await using RegistryBench bench = await StartAsync(kind);
        foreach (Func<RegistryBench, Task> check in RegistryChecks.All())
        {
            await bench.ClearAsync();
            await check(bench);
        }
    }

    /// <summary>Without the comparison the slower of two writers takes back what the faster one did.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TwoWriters_TheSlowerTakesNothingBack(bool isGuarded)
    {
        await using RegistryBench bench = await StartAsync("redis-server");
        string first = (await bench.PushAsync(new StumpModel("churn"))).Entry!.To;
        string second = (await bench.PushAsync(new StumpModel("churn") { HighScore = 2 })).Entry!.To;
        ModelRegistry slow = isGuarded
            ? new ModelRegistry(bench.Redis, TimeSpan.FromSeconds(30))
            : bench.Without("if found ~= ARGV[1] then\n  return {0, found}\nend");
        bool isMeanwhile = false;
        slow.Store.BetweenReadAndChange = async () =>
        {
            if (isMeanwhile) return;
            isMeanwhile = true;
            await bench.PromoteAsync("churn", first);
        };

        Task<RegistryReply> change = slow.ChangeAsync(c => CatalogueRules.Shadow(c, "churn", second, Note));
        if (isGuarded)
        {
            await change;
            ModelRecord churn = (await bench.Registry.ReadAsync()).Find("churn")!;
            Assert.Equal((first, second), (churn.Champion, churn.Challenger));
            return;
        }

        // The second guard: an entry of the trail is never written over, so even then nothing is lost silently.
        await Assert.ThrowsAsync<RegistryException>(() => change);
    }

    [Fact]
    public async Task TrailGuardMissing_AnEntryIsWrittenOver()
    {
        await using RegistryBench bench = await StartAsync("redis-server");
        string version = (await bench.PushAsync(new StumpModel("churn"))).Entry!.To;
        await bench.PromoteAsync("churn", version);
        await bench.Redis.KeyDeleteAsync(RegistryKeys.Models.Catalogue);

        // A catalogue that was lost would begin again at 1.
        await Assert.ThrowsAsync<RegistryException>(() => bench.PushAsync(new StumpModel("winback")));
        ModelRegistry open = bench.Without("if redis.call('EXISTS', KEYS[3]) == 1 then\n  return {-1, KEYS[3]}\nend");
        var package = new StumpModel("winback").Package();
        await open.PushAsync(package, Trees.ModelFiles.ModelDirectory.ReadManifest(package), Note);

        Assert.Equal("winback", Assert.Single(await bench.Registry.ReadChangesAsync(before: 2, count: 1)).Model);
    }
}
