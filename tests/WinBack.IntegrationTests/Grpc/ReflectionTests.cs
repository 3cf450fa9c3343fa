using System.Text.Json;
using Grpc.Core;
using Grpc.Reflection.V1;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace WinBack.IntegrationTests.Grpc;

/// <summary>A foreign client learns all that it needs to call our services from reflection alone.</summary>
public sealed class ReflectionTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("v1")]
    [InlineData("v1alpha")]
    public async Task ForeignClient_Lists_FindsEveryService(string version)
    {
        await using var server = await StandardServicesServer.StartAsync();

        var listed = Assert.Single(await ReflectionClient.RunAsync(server.Address, version, "list"));

        Assert.Equal(
            [
                "grpc.health.v1.Health",
                "grpc.reflection.v1.ServerReflection",
                "grpc.reflection.v1alpha.ServerReflection",
                "winback.v1.CustomerService",
                "winback.v1.DecisionService",
                "winback.v1.ModelService",
            ],
            listed.EnumerateArray().Select(name => name.GetString()));
        Assert.Empty(server.LoggedErrors);
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("v1alpha")]
    public async Task ForeignClient_Describes_GetsMethodsAndImports(string version)
    {
        await using var server = await StandardServicesServer.StartAsync();

        var described = await ReflectionClient.RunAsync(server.Address, version, "describe", "winback.v1.DecisionService");

        Assert.Equal(
            V1.DecisionService.Descriptor.Methods.Select(method => method.Name),
            Texts(described[1].GetProperty("methods")));
        var files = Texts(described[0].GetProperty("files")).ToList();
        Assert.Equal("winback/v1/decision_service.proto", files[0]);
        Assert.Contains("google/protobuf/timestamp.proto", files);
    }

    [Fact]
    public async Task ForeignClient_CallsHealth_WithWhatReflectionToldIt()
    {
        await using var server = await StandardServicesServer.StartAsync();
        server.Statuses.Set("winback.v1.DecisionService", ServingStatus.Serving);
        const string Request = """{"service": "winback.v1.DecisionService"}""";

        var check = Assert.Single(await ReflectionClient.RunAsync(server.Address, "v1", "call", "grpc.health.v1.Health/Check", Request));
        var watch = Assert.Single(await ReflectionClient.RunAsync(server.Address, "v1", "call", "grpc.health.v1.Health/Watch", Request));

        Assert.Equal("SERVING", check.GetProperty("status").GetString());
        Assert.Equal("SERVING", watch.GetProperty("status").GetString());
        Assert.Empty(server.LoggedErrors);
    }

    [Fact]
    public async Task ForeignClient_AsksForTheUnknown_GetsTheReason()
    {
        await using var server = await StandardServicesServer.StartAsync();

        var symbol = Assert.Single(await ReflectionClient.RunAsync(server.Address, "v1", "describe", "winback.v1.Nothing"));
        var service = Assert.Single(await ReflectionClient.RunAsync(
            server.Address, "v1", "call", "grpc.health.v1.Health/Check", """{"service": "nobody"}"""));

        Assert.Equal("symbol 'winback.v1.Nothing' is not known", symbol.GetProperty("error").GetString());
        Assert.Equal((int)StatusCode.NotFound, service.GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task Stream_ErrorThenQuestion_IsStillAnswered()
    {
        await using var server = await StandardServicesServer.StartAsync();
        using var channel = server.Connect();
        using var call = new ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo();

        await call.RequestStream.WriteAsync(new ServerReflectionRequest { FileByFilename = "no.such" });
        Assert.True(await call.ResponseStream.MoveNext(default));
        Assert.Equal((int)StatusCode.NotFound, call.ResponseStream.Current.ErrorResponse.ErrorCode);
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { FileByFilename = "grpc/health/v1/health.proto" });
        Assert.True(await call.ResponseStream.MoveNext(default));
        Assert.Single(call.ResponseStream.Current.FileDescriptorResponse.FileDescriptorProto);
        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(default));
    }

    [Fact]
    public async Task Server_Stops_OpenStreamDoesNotHoldItUp()
    {
        await using var server = await StandardServicesServer.StartAsync();
        using var channel = server.Connect();
        using var call = new ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "*" });
        Assert.True(await call.ResponseStream.MoveNext(default));

        // Kestrel also waits for clients to hear of the end, so this one goes on reading.
        var next = call.ResponseStream.MoveNext(default);
        await server.StopAsync().WaitAsync(Limit);

        // UNAVAILABLE, or INTERNAL when the closing connection overtakes the status.
        await Assert.ThrowsAsync<RpcException>(() => next.WaitAsync(Limit));
        Assert.Empty(server.LoggedErrors);
    }

    private static IEnumerable<string?> Texts(JsonElement array) => array.EnumerateArray().Select(text => text.GetString());
}
