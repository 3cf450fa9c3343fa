using System.Text.Json;

namespace WinBack.IntegrationTests.Service;

/// <summary>The service as a foreign client sees it: python3-grpcio, which shares no code with it.</summary>
[Collection(ServiceCollection.Name)]
public sealed class PythonClientTests(ServiceFixture fixture)
{
    private readonly RunningService _service = fixture.Service;

    [Fact]
    public async Task Customer_DecidedAndConfirmed_AnswersAgree()
    {
        Dictionary<string, JsonElement> seen = await CallsAsync("python-answers");

        JsonElement decision = seen["decided"].GetProperty("decision");
        Assert.Equal("KIND_ACTION", Text(decision, "kind"));
        Assert.Equal("CHANNEL_EMAIL", Text(decision, "channel"));
        Assert.Equal(seen["decided"].ToString(), seen["again"].ToString());
        Assert.Equal("STATUS_CONFIRMED", Text(seen["confirmed"].GetProperty("decision"), "status"));
        Assert.Equal("STATUS_CONFIRMED", Text(seen["read"], "status"));
        Assert.Equal(5, seen["read"].GetProperty("evidence").GetProperty("features").GetProperty("purchases_lifetime").GetDouble());
        Assert.True(seen["replayed"].GetProperty("identical").GetBoolean(), seen["replayed"].ToString());
        Assert.Equal("python-answers", Text(seen["customer"], "customer_id"));
        Assert.Equal("SERVING", Text(Assert.Single(seen["health"].EnumerateArray()), "status"));
        AssertError(seen["released too late"], "FAILED_PRECONDITION", "DECISION_CONFIRMED");
        AssertError(seen["reused"], "INVALID_ARGUMENT", "REQUEST_ID_REUSED", "request_id");
        JsonElement[] batch = [.. seen["batch"].GetProperty("results").EnumerateArray()];
        Assert.Equal([true, false, true], batch.Select(result => result.TryGetProperty("decision", out _)));
        Assert.Equal(3, batch[1].GetProperty("status").GetProperty("code").GetInt32());
        // The same requests streamed are retries, so the same answers come, in any order.
        Assert.Equal(
            batch.Select(result => result.ToString()).Order(StringComparer.Ordinal),
            seen["stream"].EnumerateArray().Select(answer => answer.GetProperty("result").ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Wishes_OfACustomer_AreDone()
    {
        Dictionary<string, JsonElement> seen = await CallsAsync("python-wishes");
        Assert.NotEqual(0, seen["explained"].GetProperty("actions").GetArrayLength());
        Assert.Equal("2027-03-02T12:00:00Z", Text(seen["simulated"].GetProperty("decision"), "decide_time"));
        Assert.Equal(2, seen["listed"].GetProperty("decisions").GetArrayLength());
        Assert.NotEqual("", Text(seen["listed"], "next_page_token"));
        Assert.Equal("CHANNEL_SMS", Text(seen["suppressed"].GetProperty("suppression").GetProperty("channels")[0], "channel"));
        Assert.Equal("python-wishes", Text(seen["exported"][0].GetProperty("customer"), "customer_id"));
        Assert.True(seen["erased"].GetProperty("erased_decisions").GetInt32() >= 3, seen["erased"].ToString());
        Assert.True(seen["forgotten"].GetProperty("erased").GetBoolean());
    }

    [Fact]
    public async Task BadArguments_Sent_EveryOneIsNamedWithItsFix()
    {
        Dictionary<string, JsonElement> seen = await CallsAsync("python-arguments");

        (string Name, string Fix, string[] Fields)[] expected =
        [
            ("customer missing", "give 1 to 64 bytes", ["customer_id"]),
            ("customer long", "at most 64 are allowed", ["customer_id"]),
            ("request missing", "give a new UUID for every new request", ["request_id"]),
            ("request no uuid", "'42' is no UUID; give one as 8-4-4-4-12 hex digits", ["request_id"]),
            ("request zero", "not all zero", ["request_id"]),
            ("request huge", "...' is no UUID", ["request_id"]),
            ("channel unknown", "99 is no channel; leave the list empty for all", ["channels"]),
            ("channels many", "0 is no channel", ["channels"]),
            ("view unknown", "use DECISION_VIEW_BASIC or DECISION_VIEW_FULL", ["view"]),
            ("all at once", "customer_id: is missing", ["customer_id", "request_id", "channels", "view"]),
            ("preview with a wrong id", "'x' is no UUID", ["request_id"]),
            ("confirm nothing", "give the one that DecideNextAction answered", ["decision_id"]),
            ("release nonsense", "'7' is no decision id", ["decision_id"]),
            ("get nothing", "decision_id: is missing", ["decision_id", "view"]),
            ("read nobody", "give 1 to 64 bytes", ["customer_id"]),
        ];
        foreach ((string name, string fix, string[] fields) in expected)
        {
            JsonElement error = seen["argument: " + name];
            AssertError(error, "INVALID_ARGUMENT", "INVALID_ARGUMENT", fields);
            Assert.Contains(fix, Text(error, "message"), StringComparison.Ordinal);
            Assert.All(fields, field => Assert.Contains(field + ": ", Text(error, "message"), StringComparison.Ordinal));
        }

        Assert.Equal(expected.Length, seen.Keys.Count(name => name.StartsWith("argument: ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task ProtocolBroken_Sent_TheStatusSaysHow()
    {
        Dictionary<string, JsonElement> seen = await CallsAsync("python-protocol");
        Assert.Equal("RESOURCE_EXHAUSTED", Text(seen["oversized"], "code"));
        Assert.Equal("UNIMPLEMENTED", Text(seen["unknown method"], "code"));
        Assert.Equal("UNIMPLEMENTED", Text(seen["unknown service"], "code"));
        Assert.Equal("DEADLINE_EXCEEDED", Text(seen["deadline"], "code"));
        Assert.Equal("CANCELLED", Text(seen["cancelled"], "code"));
    }

    [Fact]
    public async Task RedisAway_CalledAndCancelled_TellsWhenToTryAgain()
    {
        fixture.Stores.Redis.Pause();
        Dictionary<string, JsonElement> seen;
        try
        {
            seen = await PythonClient.RunAsync(_service.Process.Grpc, "away", "python-away");
        }
        finally
        {
            fixture.Stores.Redis.Resume();
        }

        AssertError(seen["away"], "UNAVAILABLE", "STORE_UNAVAILABLE");
        Assert.Equal("0.200s", Text(seen["away"].GetProperty("google.rpc.RetryInfo"), "retryDelay"));
        Assert.Equal("CANCELLED", seen["cancelled"].GetString());
        await _service.UntilAsync(
            async () => await _service.HealthAsync() == global::Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus.Serving, "ready again");
    }

    private async Task<Dictionary<string, JsonElement>> CallsAsync(string customer)
    {
        await _service.FoldAsync(Events.Orders(customer, lastDaysAgo: 100, _service.Now));
        return await PythonClient.RunAsync(_service.Process.Grpc, "calls", customer);
    }

    private static void AssertError(JsonElement error, string code, string reason, params string[] fields)
    {
        Assert.Equal(code, Text(error, "code"));
        Assert.True(error.GetProperty("same").GetBoolean(), "the trailer repeats code and message");
        Assert.Equal(reason, Text(error.GetProperty("google.rpc.ErrorInfo"), "reason"));
        Assert.Equal("winback.v1", Text(error.GetProperty("google.rpc.ErrorInfo"), "domain"));
        IEnumerable<string> named = error.TryGetProperty("google.rpc.BadRequest", out JsonElement request)
            ? request.GetProperty("fieldViolations").EnumerateArray().Select(violation => Text(violation, "field"))
            : [];
        Assert.Equal(fields, named);
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
