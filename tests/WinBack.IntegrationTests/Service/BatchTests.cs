using Google.Rpc;
using Grpc.Core;
using WinBack.V1;
using static WinBack.V1.Decision.Types;
using RpcStatus = Google.Rpc.Status;

namespace WinBack.IntegrationTests.Service;

/// <summary>Many requests in one call: BatchDecideNextActions and StreamDecisions.</summary>
[Collection(ServiceCollection.Name)]
public sealed class BatchTests(ServiceFixture fixture)
{
    private const int Streamed = 1_500;
    private readonly RunningService _service = fixture.Service;

    [Fact]
    public async Task GoodAndBadRequests_InOneBatch_EachIsAnsweredInItsPlace()
    {
        string[] customers = ["batch-0", "batch-1", "batch-2"];
        await _service.FoldAsync([.. customers.SelectMany(customer => Events.Orders(customer, lastDaysAgo: 100, _service.Now))]);
        DecideNextActionRequest[] requests =
        [
            New(customers[0]), new() { RequestId = "x", Channels = { 0 } }, New(customers[1]), New("batch-nobody"),
            new() { CustomerId = customers[2], ValidateOnly = true }, New(customers[2], DecisionView.Full),
        ];
        var batch = new BatchDecideNextActionsRequest { Requests = { requests } };
        batch.Requests.Add(new DecideNextActionRequest { CustomerId = customers[1], RequestId = requests[0].RequestId.ToUpperInvariant() });

        BatchDecideNextActionsResponse response = await _service.Decisions.BatchDecideNextActionsAsync(batch);
        BatchDecideNextActionsResponse again = await _service.Decisions.BatchDecideNextActionsAsync(batch);

        Assert.Equal(batch.Requests.Select(request => request.RequestId), response.Results.Select(result => result.RequestId));
        Assert.Equal(
            [Kind.Action, null, Kind.Action, Kind.NoAction, Kind.Action, Kind.Action, null],
            response.Results.Select(result => result.Decision?.Kind));
        Assert.Equal(["customer_id", "request_id", "channels"], FieldsOf(response.Results[1].Status));
        Assert.Equal(["request_id"], FieldsOf(response.Results[6].Status));
        Assert.Contains("requests[0]", response.Results[6].Status.Message, StringComparison.Ordinal);
        Assert.Equal("", response.Results[4].Decision.DecisionId);
        Assert.NotEmpty(response.Results[5].Decision.Evidence.Rejections);
        int[] stored = [0, 2, 3, 5];
        Assert.All(stored, i => Assert.Equal(response.Results[i], again.Results[i]));
        foreach (int i in stored)
            Assert.Equal(
                response.Results[i].Decision.Action,
                (await _service.Decisions.GetDecisionAsync(new GetDecisionRequest { DecisionId = response.Results[i].Decision.DecisionId })).Action);
    }

    [Theory]
    [InlineData(0, DecisionView.Basic, "is empty; give 1 to 1,000")]
    [InlineData(1_001, DecisionView.Basic, "has 1,001; at most 1,000 are allowed")]
    [InlineData(251, DecisionView.Full, "has 251 with DECISION_VIEW_FULL; at most 250 are allowed")]
    public async Task BatchOfWrongSize_IsRefusedAsAWhole(int size, DecisionView view, string fix)
    {
        var batch = new BatchDecideNextActionsRequest();
        for (int i = 0; i < size; i++) batch.Requests.Add(New("batch-size", view));

        RpcException e = await Assert.ThrowsAsync<RpcException>(
            () => _service.Decisions.BatchDecideNextActionsAsync(batch).ResponseAsync);

        Assert.Equal(StatusCode.InvalidArgument, e.StatusCode);
        Assert.Equal(["requests"], ErrorDetails.Of(e).Fields);
        Assert.Contains(fix, e.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RedisAway_Batch_TellsForEveryRequestWhenToTryAgain()
    {
        var batch = new BatchDecideNextActionsRequest { Requests = { New("batch-away"), New("batch-away") } };
        fixture.Stores.Redis.Pause();
        BatchDecideNextActionsResponse response;
        try
        {
            response = await _service.Decisions.BatchDecideNextActionsAsync(batch);
        }
        finally
        {
            fixture.Stores.Redis.Resume();
        }

        Assert.All(response.Results, result => Assert.Equal((int)StatusCode.Unavailable, result.Status.Code));
        Assert.All(response.Results, result => Assert.Equal("STORE_UNAVAILABLE", result.Status.Details[0].Unpack<ErrorInfo>().Reason));
        Assert.All(response.Results, result => Assert.True(result.Status.Details[1].Is(RetryInfo.Descriptor)));
        await _service.UntilAsync(
            async () => await _service.HealthAsync() == global::Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus.Serving, "ready again");
    }

    /// <summary>More requests than one stream has under way, so places are given back and taken again.</summary>
    [Fact]
    public async Task Stream_OfManyRequests_AnswersEveryOneAndOutlivesBadOnes()
    {
        await _service.FoldAsync(Events.Orders("streamed", lastDaysAgo: 100, _service.Now));
        var asked = Enumerable.Range(0, Streamed).Select(i => New(i % 3 == 0 ? "streamed" : $"streamed-nobody-{i}")).ToList();
        asked[7].CustomerId = "";
        Dictionary<string, DecisionResult> results = await StreamAsync(asked);
        Assert.Equal(asked.Select(request => request.RequestId).Order(), results.Keys.Order());
        // What Redis did not answer in time, on a busy machine, is asked again as the status says.
        await _service.UntilAsync(
            async () =>
            {
                List<DecideNextActionRequest> again = [.. asked.Where(r => results[r.RequestId].Status?.Code == (int)StatusCode.Unavailable)];
                foreach ((string id, DecisionResult result) in await StreamAsync(again)) results[id] = result;
                return again.Count == 0;
            },
            "all are decided");

        Assert.Equal(["customer_id"], FieldsOf(results[asked[7].RequestId].Status));
        Assert.Equal(Streamed - 1, results.Values.Count(result => result.Decision is not null));
        Assert.Contains(results.Values, result => result.Decision?.Kind == Kind.Action);
        Assert.All(results.Values.Where(r => r.Decision is not null), r => Assert.Equal(r.RequestId, r.Decision.RequestId));
    }

    [Fact]
    public async Task Stream_Cancelled_EndsAndTheServiceGoesOn()
    {
        using (AsyncDuplexStreamingCall<StreamDecisionsRequest, StreamDecisionsResponse> call = _service.Decisions.StreamDecisions())
        {
            await call.RequestStream.WriteAsync(new StreamDecisionsRequest { Request = New("stream-cancelled") });
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        }

        Assert.Equal(Kind.NoAction, (await _service.DecideAsync("stream-cancelled")).Kind);
    }

    private async Task<Dictionary<string, DecisionResult>> StreamAsync(List<DecideNextActionRequest> requests)
    {
        using AsyncDuplexStreamingCall<StreamDecisionsRequest, StreamDecisionsResponse> call = _service.Decisions.StreamDecisions();
        Task sending = SendAsync(call.RequestStream, requests);
        var results = new Dictionary<string, DecisionResult>();
        await foreach (StreamDecisionsResponse response in call.ResponseStream.ReadAllAsync())
            results.Add(response.Result.RequestId, response.Result);
        await sending;
        return results;
    }

    private static async Task SendAsync(IClientStreamWriter<StreamDecisionsRequest> stream, IEnumerable<DecideNextActionRequest> requests)
    {
        foreach (DecideNextActionRequest request in requests) await stream.WriteAsync(new StreamDecisionsRequest { Request = request });
        await stream.CompleteAsync();
    }

    private static DecideNextActionRequest New(string customer, DecisionView view = DecisionView.Basic) =>
        new() { CustomerId = customer, RequestId = RunningService.NewId(), View = view };

    private static IEnumerable<string> FieldsOf(RpcStatus status)
    {
        Assert.Equal((int)StatusCode.InvalidArgument, status.Code);
        Assert.Equal("INVALID_ARGUMENT", status.Details[0].Unpack<ErrorInfo>().Reason);
        return status.Details[1].Unpack<BadRequest>().FieldViolations.Select(violation => violation.Field);
    }
}
