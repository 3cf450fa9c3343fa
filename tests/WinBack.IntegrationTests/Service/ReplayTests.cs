using Google.Protobuf;
using Grpc.Core;
using StackExchange.Redis;
using WinBack.Adapters.Playbooks;
using WinBack.Adapters.Redis;
using WinBack.Core.Features;
using WinBack.IntegrationTests.Cli;
using WinBack.IntegrationTests.Models;
using WinBack.V1;
using static WinBack.V1.Decision.Types;
using DecisionId = WinBack.Core.Decisions.DecisionId;

namespace WinBack.IntegrationTests.Service;

/// <summary>Kept decisions made again, bit for bit, from what was kept with them.</summary>
[Collection(ServiceCollection.Name)]
public sealed class ReplayTests(ServiceFixture fixture)
{
    private readonly RunningService _service = fixture.Service;

    [Fact]
    public async Task Decisions_OfEveryKind_AreTheSameMadeAgain()
    {
        await _service.FoldAsync(Events.Orders("replayed", lastDaysAgo: 100, _service.Now));
        await _service.FoldAsync(Events.Orders("replayed-active", lastDaysAgo: 2, _service.Now));
        Decision action = await _service.DecideAsync("replayed");
        await _service.Decisions.ConfirmDecisionAsync(new ConfirmDecisionRequest { DecisionId = action.DecisionId });
        Decision capped = await _service.DecideAsync("replayed", view: DecisionView.Full);
        Decision narrow = (await _service.Decisions.DecideNextActionAsync(new DecideNextActionRequest
        {
            CustomerId = "replayed", RequestId = RunningService.NewId(), Channels = { V1.Channel.Print, V1.Channel.Sms },
        })).Decision;
        Decision active = await _service.DecideAsync("replayed-active"), nobody = await _service.DecideAsync("replayed-nobody");
        Assert.Equal((Kind.Action, Kind.NoAction), (action.Kind, active.Kind));
        Assert.Contains(capped.Evidence.Rejections, rejection => rejection.Stage == "cap");

        // What happens since does not change what was decided.
        await _service.FoldAsync(Events.Purchase("replayed", _service.Now));
        foreach (Decision decision in (Decision[])[action, capped, narrow, active, nobody])
        {
            ReplayDecisionResponse replay = await ReplayAsync(decision.DecisionId);
            Assert.Empty(replay.Differences);
            Assert.True(replay.Identical);
            Assert.Equal((decision.Kind, decision.Action), (replay.Decision.Kind, replay.Decision.Action));
            Assert.Equal(decision.Reasons, replay.Decision.Reasons);
            Assert.InRange(replay.InputSizeBytes, 0, replay.KeptSizeBytes - 1);
        }
    }

    [Fact]
    public async Task PlaybookReplacedSince_DecisionIsMadeWithItsOwn()
    {
        await using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(fixture.Stores.Redis.Patient);
        var registry = new PlaybookRegistry(connection.GetDatabase(), TimeSpan.FromSeconds(10));
        string text = (await File.ReadAllTextAsync(Stores.Playbook)).Replace("name: default", "name: replayed", StringComparison.Ordinal);
        string version = PlaybookFile.Parse("replayed", text, FeatureSchema.Default.Names).Model!.Version;
        await registry.PushAsync(version, text, RegistryBench.Note);
        Decision decision = null!;
        await _service.UntilAsync(
            async () => (decision = await _service.DecideAsync("replayed-later", view: DecisionView.Full)).Evidence.PlaybookVersion == version,
            "the pushed playbook serves");
        await registry.RollbackAsync(to: null, RegistryBench.Note);
        await _service.UntilAsync(
            async () => (await _service.DecideAsync("replayed-later", view: DecisionView.Full)).Evidence.PlaybookVersion != version,
            "the file serves again");

        ReplayDecisionResponse replay = await ReplayAsync(decision.DecisionId);

        Assert.True(replay.Identical, replay.ToString());
        Assert.Equal(version, replay.Decision.Evidence.PlaybookVersion);
    }

    [Fact]
    public async Task WhatIsKeptWasChanged_EveryDifferenceIsTold()
    {
        await _service.FoldAsync(Events.Orders("replay-changed", lastDaysAgo: 100, _service.Now));
        Decision decision = await _service.DecideAsync("replay-changed");
        await ChangeAsync(decision.DecisionId, kept =>
        {
            kept.ChurnProbability += 1e-9;
            kept.Evidence.Ranking[0].ExpectedValueMicros++;
        });

        ReplayDecisionResponse replay = await ReplayAsync(decision.DecisionId);
        (int code, string output, _) = await CommandLine.RunAsync(
            "decision", "replay", decision.DecisionId, "--service", _service.Process.Grpc);

        Assert.False(replay.Identical);
        Assert.Equal(
            ["churn_probability", "expected_value_micros", "evidence.ranking[0].expected_value_micros"],
            replay.Differences.Select(difference => difference.Field));
        Assert.Equal((1, true), (code, output.Contains("3 fields differ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task InputsNotKept_SaysSo()
    {
        Decision decision = await _service.DecideAsync("replay-older");
        await ChangeAsync(decision.DecisionId, kept => kept.Evidence.Inputs = null);

        RpcException gone = await Assert.ThrowsAsync<RpcException>(() => ReplayAsync(decision.DecisionId));
        RpcException nothing = await Assert.ThrowsAsync<RpcException>(() => ReplayAsync($"3-{RunningService.NewId()}"));

        Assert.Equal((StatusCode.FailedPrecondition, "DECISION_NOT_REPLAYABLE"), (gone.StatusCode, ErrorDetails.Of(gone).Reason));
        Assert.Equal((StatusCode.NotFound, "DECISION_NOT_FOUND"), (nothing.StatusCode, ErrorDetails.Of(nothing).Reason));
    }

    [Fact]
    public async Task Command_SaysThatItIsIdentical()
    {
        Decision decision = await _service.DecideAsync("replay-command");
        (int code, string output, string error) = await CommandLine.RunAsync(
            "decision", "replay", decision.DecisionId, "--service", _service.Process.Grpc);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("identical, bit for bit", output, StringComparison.Ordinal);
    }

    private async Task<ReplayDecisionResponse> ReplayAsync(string id) =>
        await _service.Decisions.ReplayDecisionAsync(new ReplayDecisionRequest { DecisionId = id });

    /// <summary>Writes the kept decision anew.</summary>
    private async Task ChangeAsync(string decision, Action<Decision> change)
    {
        Assert.True(DecisionId.TryParse(decision, out DecisionId id));
        await using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(fixture.Stores.Redis.Patient);
        RedisKey key = new PartitionKeys(id.Partition).Decision(id.Request.ToString("D"));
        Decision kept = Decision.Parser.ParseFrom(
            DecisionPacking.Unpack((byte[])(await connection.GetDatabase().HashGetAsync(key, "p"))!));
        change(kept);
        await connection.GetDatabase().HashSetAsync(key, "p", DecisionPacking.Pack(kept.ToByteArray()));
    }
}
