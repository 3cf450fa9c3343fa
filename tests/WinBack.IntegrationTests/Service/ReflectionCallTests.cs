using System.Text.Json;
using WinBack.IntegrationTests.Grpc;

namespace WinBack.IntegrationTests.Service;

/// <summary>A client that has none of our proto files asks for a decision, as the README shows it.</summary>
[Collection(ServiceCollection.Name)]
public sealed class ReflectionCallTests(ServiceFixture fixture)
{
    private const string Method = "winback.v1.DecisionService/DecideNextAction";
    private readonly RunningService _service = fixture.Service;

    [Fact]
    public async Task DecideNextAction_CalledByReflection_Answers()
    {
        await _service.FoldAsync(Events.Orders("reflected", lastDaysAgo: 100, _service.Now));

        JsonElement answer = await CallAsync("""{"customer_id": "reflected", "validate_only": true}""");
        JsonElement error = await CallAsync("""{"customer_id": "reflected"}""");

        JsonElement decision = answer.GetProperty("decision");
        Assert.Equal("KIND_ACTION", decision.GetProperty("kind").GetString());
        Assert.Equal("CHANNEL_EMAIL", decision.GetProperty("channel").GetString());
        Assert.Contains("silent for 100 days", decision.GetProperty("reasons").ToString(), StringComparison.Ordinal);
        Assert.Contains("request_id: is missing", error.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    private async Task<JsonElement> CallAsync(string request) =>
        Assert.Single(await ReflectionClient.RunAsync(new Uri(_service.Process.Grpc), "v1", "call", Method, request));
}
