using WinBack.Cli.Doctor;
using WinBack.Core.Models;
using WinBack.IntegrationTests.Cli;
using WinBack.Testing.Models;
using WinBack.Trees.ModelFiles;

namespace WinBack.IntegrationTests.Models;

/// <summary><c>winback model push|list|show|promote|rollback|shadow|canary</c> on a registry.</summary>
public sealed class ModelCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("winback-models-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Commands_MoveAModelThroughItsLife()
    {
        await using RegistryBench bench = await RegistryBench.StartAsync("redis-server");
        string[] versions = [.. new[] { 1, 2 }.Select(Save)];
        Assert.Contains("is empty", await DoAsync(bench, "list"), StringComparison.Ordinal);

        Assert.Contains("Would be revision 1", await DoAsync(bench, "push", Path("1"), "--validate-only"), StringComparison.Ordinal);
        foreach (string folder in new[] { "1", "2" }) await DoAsync(bench, "push", Path(folder), "--by", "ann", "--reason", "retrained");
        await DoAsync(bench, "promote", "churn", versions[0]);
        await DoAsync(bench, "shadow", "churn", versions[1]);
        string told = await DoAsync(bench, "canary", "churn", versions[1], "--percent", "1");
        Assert.Contains($"canary      {versions[1]} at 1 %", told, StringComparison.Ordinal);
        await DoAsync(bench, "canary", "churn", versions[1], "--percent", "5");
        await DoAsync(bench, "promote", "churn", versions[1], "--reason", "it held");
        Assert.Contains("Nothing to do", await DoAsync(bench, "promote", "churn", versions[1]), StringComparison.Ordinal);
        await DoAsync(bench, "rollback", "churn", "--to", versions[0]);

        ModelRecord churn = (await bench.Registry.ReadAsync()).Find("churn")!;
        Assert.Equal((versions[0], "", null), (churn.Champion, churn.Challenger, churn.Canary));
        string shown = await DoAsync(bench, "show", "churn");
        Assert.Contains($"push {versions[0]}  by ann: retrained", shown, StringComparison.Ordinal);
        Assert.Contains($"promote {versions[0]} -> {versions[1]}  by {Environment.UserName}: it held", shown, StringComparison.Ordinal);
        Assert.Contains($"canary {versions[1]} at 1 % -> {versions[1]} at 5 %", shown, StringComparison.Ordinal);
        Assert.Contains($"{versions[0]}  20", await DoAsync(bench, "list"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_WithOut_WritesTheModelThatWasPushed()
    {
        await using RegistryBench bench = await RegistryBench.StartAsync("redis-server");
        string version = Save(1);
        await DoAsync(bench, "push", Path("1"));

        await DoAsync(bench, "show", "churn", version, "--out", Path("back"));

        Assert.Equal(
            ModelDirectory.Read(Path("1")).ComputeSha256(), ModelDirectory.Read(Path("back")).ComputeSha256());
    }

    [Fact]
    public async Task WhatIsRefused_EndsWithOneLineAndTheFix()
    {
        await using RegistryBench bench = await RegistryBench.StartAsync("redis-server");
        string version = Save(1);
        new StumpModel("churn") { SchemaHash = "fedcba9876543210" }.Save(Path("bad"));
        await DoAsync(bench, "push", Path("1"));

        Assert.Contains("feature schema", await FailAsync(bench, "push", Path("bad")), StringComparison.Ordinal);
        Assert.Contains("push it first", await FailAsync(bench, "promote", "churn", "0123456789ab"), StringComparison.Ordinal);
        Assert.Contains("so 1 is next", await FailAsync(bench, "canary", "churn", version, "--percent", "100"), StringComparison.Ordinal);
        Assert.Contains("winback model list", await FailAsync(bench, "show", "horoscope"), StringComparison.Ordinal);
        (int exit, _, string error) = await CommandLine.RunAsync("model", "shadow", "churn");
        Assert.Equal(2, exit);
        Assert.Contains("--off", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_SeesWhatServicesWouldRefuse()
    {
        await using RegistryBench bench = await RegistryBench.StartAsync("redis-server");
        var check = new RegistryCheck(bench.Registry);
        Assert.Contains("is empty", Assert.Single(await check.RunAsync()).Detail, StringComparison.Ordinal);
        string good = (await bench.PushAsync(new StumpModel("churn"))).Entry!.To;
        string bad = (await bench.PushAsync(new StumpModel("winback") { SchemaHash = "fedcba9876543210" })).Entry!.To;
        await bench.PromoteAsync("churn", good);
        await bench.PromoteAsync("winback", bad);

        IReadOnlyList<Finding> findings = await check.RunAsync();

        Assert.Equal([FindingLevel.Ok, FindingLevel.Failure], findings.Select(f => f.Level));
        Assert.Contains("would be refused", findings[1].Detail, StringComparison.Ordinal);
    }

    private string Path(string name) => System.IO.Path.Combine(_folder, name);

    /// <summary>Into a folder that is called like the score.</summary>
    private string Save(int highScore)
    {
        ModelManifest manifest = new StumpModel("churn") { HighScore = highScore }.Save(Path($"{highScore}"));
        return ModelVersion.Of(manifest.BinarySha256);
    }

    private static async Task<string> DoAsync(RegistryBench bench, params string[] arguments)
    {
        (int exit, string output, string error) = await CommandLine.RunAsync(["model", .. arguments, "--redis", bench.Address]);
        Assert.True(exit == 0, error);
        return output;
    }

    private static async Task<string> FailAsync(RegistryBench bench, params string[] arguments)
    {
        (int exit, _, string error) = await CommandLine.RunAsync(["model", .. arguments, "--redis", bench.Address]);
        Assert.Equal(1, exit);
        Assert.Single(error.TrimEnd().Split('\n'));
        return error;
    }
}
