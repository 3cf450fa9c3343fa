using Grpc.Core;
using WinBack.V1;

namespace WinBack.IntegrationTests.Service;

/// <summary>More is asked than the service takes on: single calls are refused at once, batches wait, and what was taken on is answered.</summary>
public sealed class OverloadTests
{
    private const int Single = 4;

    [Fact]
    public async Task PlacesTaken_SingleCallsAreRefusedAtOnce_BatchesWait_AndAllIsAnsweredAfterwards()
    {
        await using Stores stores = await Stores.StartAsync();
        await using RunningService service = await RunningService.StartAsync(
        [
            .. stores.Settings("ingest,decide"), "--Redis:CommandTimeout=00:01:00", "--Deciding:MaxUnderWay=1", "--Deciding:MaxWaiting=1",
            "--Deciding:MaxUnderWayOfMany=1",
        ]);
        await service.FoldAsync(Events.Orders("overload", lastDaysAgo: 100, service.Now));
        var batch = new BatchDecideNextActionsRequest { Requests = { New(), New(), New() } };
        // So that what is under way stays there.
        stores.Redis.Pause();
        List<Task<DecideNextActionResponse>> calls;
        Task<BatchDecideNextActionsResponse> waiting;
        try
        {
            calls = [.. Enumerable.Range(0, Single).Select(_ => service.Decisions.DecideNextActionAsync(New()).ResponseAsync)];
            waiting = service.Decisions.BatchDecideNextActionsAsync(batch).ResponseAsync;
            // One is under way and one waits: which of them, is the network's affair.
            for (int refused = 0; refused < Single - 2; refused++)
            {
                Task<DecideNextActionResponse> over = await Task.WhenAny(calls);
                calls.Remove(over);
                var e = await Assert.ThrowsAsync<RpcException>(() => over);
                Assert.Equal((StatusCode.ResourceExhausted, "OVERLOADED"), (e.StatusCode, ErrorDetails.Of(e).Reason));
                Assert.True(ErrorDetails.Of(e).RetryDelay > TimeSpan.Zero);
            }
        }
        finally
        {
            stores.Redis.Resume();
        }

        foreach (DecideNextActionResponse answer in await Task.WhenAll(calls)) Assert.Equal("overload", answer.Decision.CustomerId);
        Assert.All((await waiting).Results, result => Assert.Null(result.Status));
        Assert.Contains(
            "winback_decision_duration_seconds_count{winback_decision_outcome=\"overloaded\"} 2", await MetricsAsync(service),
            StringComparison.Ordinal);
    }

    private static DecideNextActionRequest New() => new() { CustomerId = "overload", RequestId = RunningService.NewId() };

    private static async Task<string> MetricsAsync(RunningService service)
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(new Uri(service.Process.Http + "/metrics"));
    }
}
