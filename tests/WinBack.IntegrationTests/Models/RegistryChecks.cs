using Google.Protobuf.WellKnownTypes;
using WinBack.Adapters.Redis;
using WinBack.Core.Models;
using WinBack.Testing.Models;
using WinBack.Trees.ModelFiles;
using static WinBack.IntegrationTests.Models.RegistryBench;

namespace WinBack.IntegrationTests.Models;

/// <summary>What a model registry must do, whatever the server.</summary>
internal static class RegistryChecks
{
    internal static IEnumerable<Func<RegistryBench, Task>> All() =>
        [EmptyAsync, RoundTripAsync, TakenAsync, RaceAsync, RevisionAsync, ValidateOnlyAsync, TrailAsync, WrittenOverAsync, LargeAsync, HealthAsync];

    private static async Task EmptyAsync(RegistryBench bench)
    {
        Assert.Equal("", await bench.Registry.ReadStampAsync());
        Assert.Empty((await bench.Registry.ReadAsync()).Models);
        Assert.Empty(await bench.Registry.ReadChangesAsync(before: 1, count: 10));
        Assert.Equal(CatalogueFault.UnknownModel, (await bench.PromoteAsync("churn", "v")).Fault);
    }

    private static async Task RoundTripAsync(RegistryBench bench)
    {
        ModelPackage package = new StumpModel("churn").Package();
        RegistryReply pushed = await bench.PushAsync(package);
        string afterPush = await bench.Registry.ReadStampAsync();
        RegistryReply again = await bench.PushAsync(package);

        ModelVersion version = Assert.Single((await bench.Registry.ReadAsync()).Find("churn")!.Versions);
        ModelPackage read = await bench.Registry.ReadPackageAsync("churn", version);
        Assert.Equal(package.Manifest, read.Manifest);
        Assert.Equal(package.Binary, read.Binary);
        Assert.Equal(package.GoldenRows, read.GoldenRows);
        Assert.Equal((1, package.Size, "ann"), (pushed.Catalogue.Revision, version.SizeBytes, version.PushedBy));
        Assert.Null(again.Entry);
        Assert.Equal(afterPush, await bench.Registry.ReadStampAsync());
        await bench.PromoteAsync("churn", version.Version);
        Assert.Equal(version.Version, (await bench.Registry.ReadAsync()).Find("churn")!.Champion);
        Assert.StartsWith("2-", await bench.Registry.ReadStampAsync(), StringComparison.Ordinal);
    }

    /// <summary>The same trees under another manifest would be the same version.</summary>
    private static async Task TakenAsync(RegistryBench bench)
    {
        var model = new StumpModel("churn");
        await bench.PushAsync(model);

        RegistryReply other = await bench.PushAsync(model with { LabelDefinition = "another" });

        Assert.Equal(CatalogueFault.VersionTaken, other.Fault);
        Assert.Equal(1, (await bench.Registry.ReadAsync()).Revision);
    }

    /// <summary>Forty writers at once: each change is made once, none is lost, and the trail has no gap.</summary>
    private static async Task RaceAsync(RegistryBench bench)
    {
        string[] versions = new string[2];
        for (int i = 0; i < 2; i++)
            versions[i] = (await bench.PushAsync(new StumpModel("churn") { HighScore = i + 2 })).Entry!.To;

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(async () =>
        {
            // Twenty attempts may not do among forty writers; whoever is told so asks again.
            while (true)
            {
                try
                {
                    await bench.PromoteAsync("churn", versions[i % 2]);
                    return;
                }
                catch (WinBack.Adapters.StoreUnavailableException)
                {
                }
            }
        })));

        ModelCatalogue catalogue = await bench.Registry.ReadAsync();
        IReadOnlyList<AuditEntry> trail = await bench.Registry.ReadChangesAsync(catalogue.Revision + 1, 100);
        Assert.Equal(Enumerable.Range(1, (int)catalogue.Revision).Reverse().Select(r => (long)r), trail.Select(e => e.Revision));
        string champion = "";
        foreach (AuditEntry entry in trail.Reverse().Where(e => e.Change == ModelChange.Promote))
        {
            Assert.Equal(champion, entry.From);
            champion = entry.To;
        }

        Assert.Equal(champion, catalogue.Find("churn")!.Champion);
    }

    private static async Task RevisionAsync(RegistryBench bench)
    {
        string version = (await bench.PushAsync(new StumpModel("churn"))).Entry!.To;

        RegistryReply late = await bench.Registry.ChangeAsync(c => CatalogueRules.Promote(c, "churn", version, Note), revision: 0);
        RegistryReply inTime = await bench.Registry.ChangeAsync(c => CatalogueRules.Promote(c, "churn", version, Note), revision: 1);

        Assert.Equal(CatalogueFault.Changed, late.Fault);
        Assert.NotNull(inTime.Entry);
    }

    private static async Task ValidateOnlyAsync(RegistryBench bench)
    {
        ModelPackage package = new StumpModel("churn").Package();
        RegistryReply push = await bench.Registry.PushAsync(package, ModelDirectory.ReadManifest(package), Note, validateOnly: true);
        Assert.NotNull(push.Entry);
        Assert.Empty((await bench.Registry.ReadAsync()).Models);
        string version = (await bench.PushAsync(package)).Entry!.To;

        RegistryReply promote = await bench.Registry.ChangeAsync(
            c => CatalogueRules.Promote(c, "churn", version, Note), validateOnly: true);

        Assert.Equal(version, promote.Catalogue.Find("churn")!.Champion);
        Assert.Equal("", (await bench.Registry.ReadAsync()).Find("churn")!.Champion);
    }

    private static async Task TrailAsync(RegistryBench bench)
    {
        string version = (await bench.PushAsync(new StumpModel("churn"))).Entry!.To;
        await bench.PromoteAsync("churn", version);
        await bench.Registry.ChangeAsync(c => CatalogueRules.Rollback(c, "churn", null, Note));

        IReadOnlyList<AuditEntry> trail = await bench.Registry.ReadChangesAsync(before: 4, count: 2);

        Assert.Equal(
            [
                new AuditEntry(3, Note.Time, "ann", "churn", ModelChange.Rollback, version, "", "because"),
                new AuditEntry(2, Note.Time, "ann", "churn", ModelChange.Promote, "", version, "because"),
            ],
            trail);
    }

    private static async Task WrittenOverAsync(RegistryBench bench)
    {
        await bench.PushAsync(new StumpModel("churn"));
        ModelVersion version = (await bench.Registry.ReadAsync()).Find("churn")!.Versions[0];
        ModelPackage other = new StumpModel("churn") { HighScore = 9 }.Package();
        await bench.Redis.StringSetAsync(RegistryKeys.Models.Content(version.Sha256), StoredPackage.Write(other));

        var e = await Assert.ThrowsAsync<RegistryException>(() => bench.Registry.ReadPackageAsync("churn", version));
        Assert.Contains("written over", e.Message, StringComparison.Ordinal);
        await bench.Redis.KeyDeleteAsync(RegistryKeys.Models.Content(version.Sha256));
        e = await Assert.ThrowsAsync<RegistryException>(() => bench.Registry.ReadPackageAsync("churn", version));
        Assert.Contains("gone", e.Message, StringComparison.Ordinal);
    }

    /// <summary>Nodes report, fall silent and are tidied away; what was seen in the shadow and of labels stays.</summary>
    private static async Task HealthAsync(RegistryBench bench)
    {
        var health = new ModelHealthStore(bench.Redis, TimeSpan.FromSeconds(30));
        DateTimeOffset now = Note.Time;
        foreach ((string node, TimeSpan ago) in new[] { ("b", TimeSpan.Zero), ("a", TimeSpan.FromSeconds(59)), ("silent", TimeSpan.FromMinutes(2)) })
            await health.ReportAsync(new V1.NodeModels { Node = node, ReportTime = Timestamp.FromDateTimeOffset(now - ago) });
        foreach (string node in new[] { "a", "b" })
        {
            var segment = new V1.ShadowSegment { Requests = 10 };
            await health.KeepAsync("churn", node, new V1.ShadowReading { Challenger = "new", Champion = "old", Segments = { segment } });
        }

        await health.ReportAsync(new V1.CalibrationReading { Model = "churn", Rows = 1 });
        await health.ReportAsync(new V1.CalibrationReading { Model = "churn", Rows = 2 });

        Assert.Equal(["a", "b"], (await health.ReadNodesAsync(now)).Select(n => n.Node));
        await health.WithdrawAsync("a");
        await health.RemoveGoneAsync(now + TimeSpan.FromMinutes(59));
        Assert.Equal(["b"], (await bench.Redis.HashKeysAsync(RegistryKeys.Health)).Select(field => (string)field!));
        Assert.Equal(20, Assert.Single(await health.ReadShadowsAsync("churn", "new")).Segments[0].Requests);
        Assert.Empty(await health.ReadShadowsAsync("churn", "other"));
        Assert.InRange((await bench.Redis.KeyTimeToLiveAsync(RegistryKeys.Shadow("churn", "new")))!.Value.TotalDays, 89, 90);
        Assert.Equal(2, Assert.Single(await health.ReadCalibrationsAsync()).Rows);
    }

    /// <summary>Packages are read in pieces; one that ends exactly with a piece is whole too.</summary>
    private static async Task LargeAsync(RegistryBench bench)
    {
        ModelPackage small = new StumpModel("churn").Package();
        int overhead = StoredPackage.Write(small with { GoldenRows = new byte[300_000] }).Length - 300_000;
        foreach (int length in new[] { (1 << 19) - overhead, (1 << 19) - overhead + 1, 1_000_000 })
        {
            ModelPackage package = small with { GoldenRows = Enumerable.Range(0, length).Select(i => (byte)(i * 7)).ToArray() };
            await bench.ClearAsync();
            await bench.PushAsync(package);
            ModelVersion version = (await bench.Registry.ReadAsync()).Find("churn")!.Versions[0];
            Assert.Equal(package.GoldenRows, (await bench.Registry.ReadPackageAsync("churn", version)).GoldenRows);
        }
    }
}
