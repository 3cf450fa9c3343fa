using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;

namespace Standins.Tests.Grpc;

/// <summary>Interceptors on both sides see all kinds of call, in order, and may change them.</summary>
public sealed class GrpcInterceptorTests
{
    [Fact]
    public async Task Client_SeveralInterceptors_RunInTheOrderGiven()
    {
        await using GrpcServer server = await GrpcServer.StartAsync(Methods.Handle((_, context) => Task.FromResult(
            string.Join(' ', context.RequestHeaders.GetAll("trace").SelectMany(entry => entry.Value.Split(", "))))));
        using GrpcChannel channel = server.Connect();
        CallInvoker invoker = channel.CreateCallInvoker()
            .Intercept(new TraceInterceptor("first"), new TraceInterceptor("second"))
            .Intercept(headers =>
            {
                headers.Add("trace", "outermost");
                return headers;
            });

        Assert.Equal("outermost first second", await invoker.AsyncUnaryCall(Methods.Unary, null, default, "x"));
        Assert.Equal("outermost first second", invoker.BlockingUnaryCall(Methods.Unary, null, default, "x"));
    }

    [Fact]
    public async Task Client_EveryKindOfCall_IsSeen()
    {
        await using GrpcServer server = await GrpcServer.StartAsync(Methods.EchoAll());
        using GrpcChannel channel = server.Connect();
        var trace = new TraceInterceptor("t");
        await CallAllKinds(channel.CreateCallInvoker().Intercept(trace));

        Assert.Equal(
            ["Unary", "BlockingUnary", "ServerStreaming", "ClientStreaming", "Duplex"], trace.Seen);
    }

    [Fact]
    public async Task Client_NoOverrides_PassesThrough()
    {
        await using GrpcServer server = await GrpcServer.StartAsync(Methods.EchoAll());
        using GrpcChannel channel = server.Connect();
        await CallAllKinds(channel.CreateCallInvoker().Intercept(new PlainInterceptor()));
    }

    [Fact]
    public async Task Server_EveryKindOfCall_IsSeen()
    {
        var seen = new List<string>();
        await using GrpcServer server = await GrpcServer.StartAsync(
            Methods.EchoAll(),
            options =>
            {
                options.Interceptors.Add<RecordingInterceptor>(seen);
                options.Interceptors.Add<PlainInterceptor>();
            });
        using GrpcChannel channel = server.Connect();
        await CallAllKinds(channel.CreateCallInvoker());

        Assert.Equal(
            ["Unary", "Unary", "ServerStreaming", "ClientStreaming", "Duplex"],
            seen.Select(method => method.Split('/')[2]));
    }

    [Fact]
    public async Task Server_InterceptorTurnsErrors_ClientGetsTheStatus()
    {
        await using GrpcServer server = await GrpcServer.StartAsync(
            Methods.Handle((_, _) => throw new ArgumentException("days must be positive")),
            options => options.Interceptors.Add<ArgumentInterceptor>());
        using GrpcChannel channel = server.Connect();

        RpcException error = await Assert.ThrowsAsync<RpcException>(async () =>
            await channel.CreateCallInvoker().AsyncUnaryCall(Methods.Unary, null, default, "x"));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Equal("days must be positive", error.Status.Detail);
    }

    private static async Task CallAllKinds(CallInvoker invoker)
    {
        Assert.Equal("a", await invoker.AsyncUnaryCall(Methods.Unary, null, default, "a"));
        Assert.Equal("b", invoker.BlockingUnaryCall(Methods.Unary, null, default, "b"));
        using AsyncServerStreamingCall<string> split =
            invoker.AsyncServerStreamingCall(Methods.ServerStreaming, null, default, "c d");
        Assert.Equal(["c", "d"], await Methods.ReadAsync(split.ResponseStream));
        using AsyncClientStreamingCall<string, string> join =
            invoker.AsyncClientStreamingCall(Methods.ClientStreaming, null, default);
        await Methods.WriteAsync(join.RequestStream, ["e", "f"]);
        await join.RequestStream.CompleteAsync();
        Assert.Equal("e f", await join.ResponseAsync);
        using AsyncDuplexStreamingCall<string, string> chat = invoker.AsyncDuplexStreamingCall(Methods.Duplex, null, default);
        await Methods.WriteAsync(chat.RequestStream, ["g"]);
        await chat.RequestStream.CompleteAsync();
        Assert.Equal(["g"], await Methods.ReadAsync(chat.ResponseStream));
    }
}
