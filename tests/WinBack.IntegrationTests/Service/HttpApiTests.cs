using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using WinBack.Service.Http;
using WinBack.V1;

namespace WinBack.IntegrationTests.Service;

/// <summary>The API over HTTP with JSON: the answers of gRPC in the form of protobuf JSON, errors as problem details.</summary>
[Collection(ServiceCollection.Name)]
public sealed class HttpApiTests(ServiceFixture fixture) : IDisposable
{
    private readonly RunningService _service = fixture.Service;
    private readonly HttpClient _http = new() { BaseAddress = new Uri(fixture.Service.Process.Http) };

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Customer_DecidedAndConfirmed_AnswersAreThoseOfGrpc()
    {
        await _service.FoldAsync(Events.Orders("http", lastDaysAgo: 100, _service.Now));
        string request = RunningService.NewId();
        JsonNode decided = await PostAsync("/v1/decisions:decide", new JsonObject { ["customerId"] = "http", ["requestId"] = request });
        string id = (string)decided["decision"]!["decisionId"]!;
        JsonNode confirmed = await PostAsync($"/v1/decisions/{id}:confirm", []);
        JsonNode full = await GetAsync($"/v1/decisions/{id}?view=DECISION_VIEW_FULL");
        JsonNode replay = await GetAsync($"/v1/decisions/{id}:replay");
        JsonNode list = await GetAsync("/v1/customers/http/decisions?pageSize=1");
        JsonNode why = await GetAsync("/v1/decisions:explain?customer_id=http&channels=CHANNEL_SMS&channels=CHANNEL_EMAIL");
        JsonNode batch = await PostAsync("/v1/decisions:batchDecide", new JsonObject
        {
            ["requests"] = new JsonArray(new JsonObject { ["requestId"] = "x" }, new JsonObject { ["customerId"] = "http", ["validateOnly"] = true }),
        });

        Decision expected = await _service.Decisions.GetDecisionAsync(new GetDecisionRequest { DecisionId = id, View = DecisionView.Full });
        Assert.Equal(expected, Decision.Parser.ParseJson(full.ToJsonString()));
        Assert.Equal("STATUS_CONFIRMED", (string)confirmed["decision"]!["status"]!);
        Assert.True((bool)replay["identical"]!);
        Assert.Equal(id, (string)list["decisions"]![0]!["decisionId"]!);
        Assert.NotEmpty(why["actions"]!.AsArray());
        Assert.Equal("INVALID_ARGUMENT", (string)batch["results"]![0]!["status"]!["details"]![0]!["reason"]!);
        Assert.NotNull(batch["results"]![1]!["decision"]);
        string[] lines = (await _http.GetStringAsync("/v1/customers/http:export")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, line => ExportCustomerResponse.Parser.ParseJson(line));
        Assert.Equal("http", (string)JsonNode.Parse(lines[0])!["customer"]!["customerId"]!);
        JsonNode budget = await PostAsync("/v1/customers/http:contactBudget", []);
        Assert.Contains(budget["caps"]!.AsArray(), cap => (string)cap!["name"]! == "any_3d");
        JsonNode reset = await PostAsync("/v1/customers/http:resetContactBudget", new JsonObject
        {
            ["requestId"] = RunningService.NewId(), ["actor"] = "ann", ["reason"] = "asked for another mail",
        });
        JsonNode resets = await GetAsync("/v1/customers/http/budgetResets");
        Assert.Equal(reset["reset"]!.ToJsonString(), resets["resets"]!.AsArray().Single()!.ToJsonString());
    }

    [Theory]
    [InlineData("POST", "/v1/decisions:decide", "{\"requestId\":\"x\"}", 400, "INVALID_ARGUMENT", "customer_id,request_id")]
    [InlineData("POST", "/v1/decisions:decide", "{\"customer\":1}", 400, "INVALID_ARGUMENT", "body")]
    [InlineData("POST", "/v1/decisions:decide", "no json", 400, "INVALID_ARGUMENT", "body")]
    [InlineData("GET", "/v1/decisions/7?view=9&page=1", "", 400, "INVALID_ARGUMENT", "page,query")]
    [InlineData("GET", "/v1/decisions/3-7f0c2a51-5b7a-4c1e-9a51-0d6f0c2f8e11", "", 404, "DECISION_NOT_FOUND", "")]
    [InlineData("GET", "/v1/customers/http-nobody", "", 404, "CUSTOMER_NOT_FOUND", "")]
    [InlineData("GET", "/v1/customers/a%2Fb", "", 400, "INVALID_ARGUMENT", "customer_id")]
    public async Task Wrong_IsToldAsProblemDetails(string verb, string path, string body, int status, string reason, string fields)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(new HttpMethod(verb), path) { Content = content };
        using HttpResponseMessage response = await _http.SendAsync(request);
        JsonNode problem = (await response.Content.ReadFromJsonAsync<JsonNode>())!;

        Assert.Equal((status, "application/problem+json"), ((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.Equal((status, reason, "winback.v1"), ((int)problem["status"]!, (string)problem["reason"]!, (string)problem["domain"]!));
        Assert.NotEqual("", (string)problem["detail"]!);
        Assert.Equal(fields, string.Join(',', problem["violations"]?.AsArray().Select(v => (string)v!["field"]!) ?? []));
    }

    [Fact]
    public async Task BodyTooLarge_IsRefused()
    {
        // The server answers before the body is sent, and closes; a client that goes on sending would fail on that.
        using var body = new StringContent(new string(' ', 2 << 20));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/decisions:decide") { Content = body };
        request.Headers.ExpectContinue = true;
        using HttpResponseMessage response = await _http.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    /// <summary>As a foreign parser understands the document; it fails on references that lead nowhere and on wrong schemas.</summary>
    [Fact]
    public async Task OpenApiDocument_ReadByAForeignParser_HasEveryRoute()
    {
        string file = Path.Combine(AppContext.BaseDirectory, "openapi.json");
        await File.WriteAllTextAsync(file, await _http.GetStringAsync("/openapi.json"));
        string folder = Path.Combine(Repository.Root, "tests/WinBack.IntegrationTests/Service/openapi-client");
        JsonElement[] operations = [.. (await ForeignTool.RunNodeAsync(folder, ["client.mjs", file]))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

        Assert.Equal(
            JsonApi.Routes.Select(route => $"{route.Verb} {route.Path} {route.Method.Name}").Order(StringComparer.Ordinal),
            operations.Select(o => $"{Text(o, "verb")} {Text(o, "path")} {Text(o, "id")}").Order(StringComparer.Ordinal));
        JsonElement list = operations.Single(operation => Text(operation, "id") == "ListDecisions");
        Assert.Equal(
            ["path:customer_id", "query:pageSize", "query:pageToken", "query:view"],
            list.GetProperty("parameters").EnumerateArray().Select(parameter => parameter.GetString()));
        Assert.Equal(["decisions", "nextPageToken"], list.GetProperty("answer").EnumerateArray().Select(name => name.GetString()));
        // But the stream of both sides, which HTTP has no form for.
        IEnumerable<MethodDescriptor> methods = V1.DecisionService.Descriptor.Methods.Concat(V1.CustomerService.Descriptor.Methods);
        Assert.Equal(
            ["StreamDecisions"],
            methods.Select(m => m.Name).Except(JsonApi.Routes.Select(route => route.Method.Name)));
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private async Task<JsonNode> GetAsync(string path) => (await _http.GetFromJsonAsync<JsonNode>(path))!;

    private async Task<JsonNode> PostAsync(string path, JsonObject body)
    {
        using HttpResponseMessage response = await _http.PostAsJsonAsync(path, body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
    }
}
