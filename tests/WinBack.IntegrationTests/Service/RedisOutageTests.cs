using System.Net;
using Grpc.Core;
using WinBack.V1;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace WinBack.IntegrationTests.Service;

/// <summary>Redis hangs or dies: callers know at once and nothing is sent; afterwards all goes on by itself.</summary>
[Collection(ServiceCollection.Name)]
public sealed class RedisOutageTests(ServiceFixture fixture)
{
    private const string DecisionServiceName = "winback.v1.DecisionService";
    private readonly RunningService _service = fixture.Service;

    [Theory]
    [InlineData("paused")]
    [InlineData("killed")]
    public async Task RedisAway_CallsAreUnavailableWithinTheDeadline_AndWorkAgainAfterwards(string how)
    {
        string customer = "outage-" + how;
        await _service.FoldAsync(Events.Orders(customer, lastDaysAgo: 100, _service.Now));
        Decision reserved = await _service.DecideAsync(customer);
        bool isPaused = how == "paused";
        string retried = RunningService.NewId();

        if (isPaused) fixture.Stores.Redis.Pause();
        else await fixture.Stores.Redis.KillAsync();
        try
        {
            await EveryCallIsUnavailableAsync(customer, reserved.DecisionId, retried);
            await _service.UntilAsync(async () => await _service.HealthAsync(DecisionServiceName) == ServingStatus.NotServing, "health turns");
            Assert.Equal(ServingStatus.NotServing, await _service.HealthAsync());
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "not ready: Redis is away (requests); Redis is away (events)\n"), await ReadyAsync());
        }
        finally
        {
            if (isPaused) fixture.Stores.Redis.Resume();
            else await fixture.Stores.Redis.RestartAsync();
        }

        await _service.UntilAsync(async () => await _service.HealthAsync(DecisionServiceName) == ServingStatus.Serving, "health turns back");
        Assert.Equal((HttpStatusCode.OK, "ready\n"), await ReadyAsync());
        Decision confirmed = (await _service.Decisions.ConfirmDecisionAsync(new() { DecisionId = reserved.DecisionId })).Decision;
        Assert.Equal(Decision.Types.Status.Confirmed, confirmed.Status);
        Decision capped = await _service.DecideAsync(customer, retried);
        Assert.Equal(Decision.Types.Kind.NoAction, capped.Kind);
        await _service.FoldAsync(Events.Purchase(customer, _service.Now));
    }

    private async Task EveryCallIsUnavailableAsync(string customer, string decisionId, string requestId)
    {
        DecisionService.DecisionServiceClient decisions = _service.Decisions;
        Func<CallOptions, Task>[] calls =
        [
            options => decisions.DecideNextActionAsync(new() { CustomerId = customer, RequestId = requestId }, options).ResponseAsync,
            options => decisions.ConfirmDecisionAsync(new() { DecisionId = decisionId }, options).ResponseAsync,
            options => decisions.ReleaseDecisionAsync(new() { DecisionId = decisionId }, options).ResponseAsync,
            options => decisions.GetDecisionAsync(new() { DecisionId = decisionId }, options).ResponseAsync,
            options => _service.Customers.GetCustomerAsync(new() { CustomerId = customer }, options).ResponseAsync,
        ];
        // Together: each waits for the store's own time limit.
        foreach (RpcException e in await Task.WhenAll(calls.Select(call => FailAsync(call, seconds: 60)))) AssertUnavailable(e);
        foreach (RpcException e in await Task.WhenAll(calls.Select(FailInTimeAsync))) AssertUnavailable(e);
    }

    /// <summary>
    /// With a deadline below the store's own time limit. On a busy machine an answer may come too late, so it is asked again;
    /// a service that does not watch the deadline never answers in time.
    /// </summary>
    private static async Task<RpcException> FailInTimeAsync(Func<CallOptions, Task> call)
    {
        const int attempts = 20;
        for (int attempt = 1; ; attempt++)
            if (await FailAsync(call, seconds: 2) is { } e && (e.StatusCode != StatusCode.DeadlineExceeded || attempt == attempts)) return e;
    }

    private static Task<RpcException> FailAsync(Func<CallOptions, Task> call, double seconds) =>
        Assert.ThrowsAsync<RpcException>(() => call(new CallOptions(deadline: DateTime.UtcNow.AddSeconds(seconds))));

    private static void AssertUnavailable(RpcException e)
    {
        Assert.Equal((StatusCode.Unavailable, "STORE_UNAVAILABLE"), (e.StatusCode, ErrorDetails.Of(e).Reason));
        Assert.True(ErrorDetails.Of(e).RetryDelay > TimeSpan.Zero);
    }

    private async Task<(HttpStatusCode Status, string Text)> ReadyAsync()
    {
        using var http = new HttpClient();
        using HttpResponseMessage answer = await http.GetAsync(new Uri(_service.Process.Http + "/healthz/ready"));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
