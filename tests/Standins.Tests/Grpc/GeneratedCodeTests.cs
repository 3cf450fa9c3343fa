using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Standins.Tests.Grpc.Generated;
using EchoClient = Standins.Tests.Grpc.Generated.EchoService.EchoServiceClient;

namespace Standins.Tests.Grpc;

/// <summary>Code that Grpc.Tools generates from a proto file compiles against the stand-ins and runs on them.</summary>
public sealed class GeneratedCodeTests
{
    [Fact]
    public async Task Client_EveryKindOfCall_WorksAgainstTheGeneratedBase()
    {
        await using GrpcServer server = await GrpcServer.StartAsync(routes => routes.MapGrpcService<EchoService>());
        using GrpcChannel channel = server.Connect();
        var client = new EchoClient(channel);

        Assert.Equal("hello", (await client.SayAsync(new EchoMessage { Text = "hello" })).Text);
        Assert.Equal("hello", client.Say(new EchoMessage { Text = "hello" }, deadline: DateTime.UtcNow.AddMinutes(1)).Text);

        List<string> words = [];
        using AsyncServerStreamingCall<EchoMessage> split = client.Split(new EchoMessage { Text = "one two" });
        await foreach (EchoMessage word in split.ResponseStream.ReadAllAsync())
        {
            words.Add(word.Text);
        }

        Assert.Equal(["one", "two"], words);

        using AsyncClientStreamingCall<EchoMessage, EchoMessage> join = client.Join();
        await join.RequestStream.WriteAsync(new EchoMessage { Text = "three" });
        await join.RequestStream.WriteAsync(new EchoMessage { Text = "four" });
        await join.RequestStream.CompleteAsync();
        Assert.Equal("three four", (await join).Text);

        using AsyncDuplexStreamingCall<EchoMessage, EchoMessage> chat = client.Chat();
        await chat.RequestStream.WriteAsync(new EchoMessage { Text = "five" });
        Assert.True(await chat.ResponseStream.MoveNext(default));
        Assert.Equal("five", chat.ResponseStream.Current.Text);
        await chat.RequestStream.CompleteAsync();
        Assert.False(await chat.ResponseStream.MoveNext(default));
    }

    [Fact]
    public async Task Client_WithHost_NamesItInEveryCall()
    {
        // Grpc.Net.Client itself ignores the host, so it is seen one step before it.
        await using GrpcServer server = await GrpcServer.StartAsync(routes => routes.MapGrpcService<EchoService>());
        using GrpcChannel channel = server.Connect();
        var trace = new TraceInterceptor("t");
        var client = new EchoClient(channel.CreateCallInvoker().Intercept(trace));

        await client.SayAsync(new EchoMessage());
        Assert.Null(trace.Host);
        EchoClient elsewhere = client.WithHost("elsewhere:1");
        await elsewhere.SayAsync(new EchoMessage());
        Assert.Equal("elsewhere:1", trace.Host);
        await elsewhere.WithHost("third:1").SayAsync(new EchoMessage());
        Assert.Equal("third:1", trace.Host);
    }

    [Fact]
    public async Task Server_MethodNotOverridden_IsUnimplemented()
    {
        await using GrpcServer server = await GrpcServer.StartAsync(
            routes => routes.MapGrpcService<EmptyEchoService>());
        using GrpcChannel channel = server.Connect();

        RpcException error = await Assert.ThrowsAsync<RpcException>(async () =>
            await new EchoClient(channel).SayAsync(new EchoMessage()));
        Assert.Equal(StatusCode.Unimplemented, error.StatusCode);
    }

    [Fact]
    public async Task Service_BoundByDefinition_AnswersToo()
    {
        await using GrpcServer server = await GrpcServer.StartAsync(Generated.EchoService.BindService(new EchoService()));
        using GrpcChannel channel = server.Connect();
        Assert.Equal("x", (await new EchoClient(channel).SayAsync(new EchoMessage { Text = "x" })).Text);
    }

    [Fact]
    public void Client_MadeForTests_HasNoChannel()
    {
        Assert.Throws<NotImplementedException>(() => new LonelyEchoClient().Say(new EchoMessage()));
    }

    private sealed class EmptyEchoService : Generated.EchoService.EchoServiceBase;

    private sealed class LonelyEchoClient : EchoClient;
}
