using StackExchange.Redis;
using WinBack.Adapters.Redis;
using WinBack.Core.Experiments;
using WinBack.IntegrationTests.Cli;
using WinBack.Testing;

namespace WinBack.IntegrationTests.Experiments;

/// <summary><c>winback experiment list|show|stop|gate</c>.</summary>
public sealed class ExperimentCommandTests : IAsyncLifetime, IDisposable
{
    private const string Playbook = """
        name: tried
        currency: GBP
        unknown_consent: { email: allow }
        holdout: { percent: 5, salt: "2026" }
        actions:
          - { name: mail, channel: email, content: plain, response_odds_ratio: 3 }
        experiments:
          - name: subject
            hypothesis: a question brings more customers back
            salt: s1
            from: 0
            share: 40
            start: "2026-03-01"
            end: "2026-06-01"
            variants:
              - { name: control, share: 50 }
              - { name: question, share: 50, content: { mail: asked } }
          - name: asking
            hypothesis: asking everybody does no harm
            salt: s2
            from: 40
            share: 60
            gated: true
            start: "2026-03-01"
            end: "2026-06-01"
            variants:
              - { name: control }
              - { name: asked, content: { mail: asked } }
        """;

    private readonly string _file = Path.GetTempFileName();
    private RedisServer _server = null!;
    private ConnectionMultiplexer _redis = null!;

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(_file, Playbook);
        _server = await RedisServer.StartAsync();
        _redis = await ConnectionMultiplexer.ConnectAsync(_server.Patient);
        IDatabase redis = _redis.GetDatabase();
        // As if one partition had been folded, and met the experiment.
        await new PartitionStore(redis, new PartitionKeys(0)).TakeOverAsync();
        foreach ((string variant, int customers, int successes) in new[] { ("control", 1_010, 100), ("question", 990, 130) })
        {
            await redis.HashSetAsync(new PartitionKeys(0).Tally, $"subject/s1|20260301|100|{variant}|n", customers);
            await redis.HashSetAsync(new PartitionKeys(0).Tally, $"subject/s1|20260301|100|{variant}|s", successes);
        }
    }

    public async Task DisposeAsync()
    {
        await _redis.DisposeAsync();
        await _server.DisposeAsync();
    }

    public void Dispose() => File.Delete(_file);

    [Fact]
    [Trait("Rule", "E3")]
    public async Task Commands_ListShowStopAndSetGates_WithAnAuditTrail()
    {
        string listed = await DoAsync("list");
        Assert.Contains("holdout  5.00 % of all customers, salt 2026", listed, StringComparison.Ordinal);
        Assert.Contains("subject  running  layer main, 40 %  2026-03-01 to 2026-06-01  returned within 30 d", listed, StringComparison.Ordinal);
        Assert.Contains("asking  gate at 1 %  layer main, 60 %", listed, StringComparison.Ordinal);

        string shown = await DoAsync("show", "subject");
        Assert.Contains("hypothesis: a question brings more customers back", shown, StringComparison.Ordinal);
        Assert.Contains("control: 1010 customers, 1010 with their time over, 100 successes (9.90 %)", shown, StringComparison.Ordinal);
        Assert.Matches(@"question: 990 customers, .*; to the control \+0\.03\d\d, surely [+-]0\.\d+ to \+0\.\d+", shown);

        Assert.Contains("Would be revision 1", await DoAsync("stop", "subject", "--validate-only"), StringComparison.Ordinal);
        string stopped = await DoAsync("stop", "subject", "--by", "ann", "--reason", "the template is broken");
        Assert.Matches(@"^Revision 1  .*  stopped subject/s1 100 % -> 0 %  by ann: the template is broken", stopped);
        Assert.Contains("Nothing to do", await DoAsync("stop", "subject"), StringComparison.Ordinal);
        Assert.Contains("set asking/s2 1 % -> 25 %", await DoAsync("gate", "asking", "25"), StringComparison.Ordinal);

        listed = await DoAsync("list");
        Assert.Contains("subject  stopped", listed, StringComparison.Ordinal);
        Assert.Contains("asking  gate at 25 %", listed, StringComparison.Ordinal);
        Assert.Contains("stopped subject/s1 100 % -> 0 %  by ann", listed, StringComparison.Ordinal);
        ExperimentCatalogue catalogue = await new ExperimentRegistry(_redis.GetDatabase(), TimeSpan.FromSeconds(30)).ReadAsync();
        Assert.Equal((2L, 2), (catalogue.Revision, catalogue.Stages.Count));
    }

    [Theory]
    [InlineData("there is no experiment 'other'; the playbook has subject, asking", "show", "other")]
    [InlineData("'subject' has no gate", "gate", "subject", "5")]
    public async Task WhatIsRefused_SaysWhy(string problem, params string[] args)
    {
        (int code, _, string error) = await RunAsync(args);
        Assert.Equal(1, code);
        Assert.Contains(problem, error, StringComparison.Ordinal);
    }

    private async Task<string> DoAsync(params string[] args)
    {
        (int code, string output, string error) = await RunAsync(args);
        Assert.True(code == 0, error);
        return output;
    }

    private Task<(int Code, string Output, string Error)> RunAsync(string[] args) =>
        CommandLine.RunAsync(["experiment", .. args, "--redis", _server.Address, "--playbook", _file]);
}
