using Grpc.Core;
using Grpc.Net.Client;

namespace Standins.Tests.Grpc;

/// <summary>The four kinds of call, how they end, and what travels beside the messages.</summary>
public sealed class GrpcCallTests
{
    [Fact]
    public async Task Unary_Text_ComesBack()
    {
        await using GrpcServer server = await GrpcServer.StartAsync(Methods.EchoAll());
        using GrpcChannel channel = server.Connect();
        CallInvoker invoker = channel.CreateCallInvoker();

        Assert.Equal("async", await invoker.AsyncUnaryCall(Methods.Unary, null, default, "async"));
        Assert.Equal("blocking", invoker.BlockingUnaryCall(Methods.Unary, null, default, "blocking"));
    }

    [Fact]
    public async Task Streams_ManyMessages_ComeInOrder()
    {
        await using GrpcServer server = await GrpcServer.StartAsync(Methods.EchoAll());
        using GrpcChannel channel = server.Connect();
        CallInvoker invoker = channel.CreateCallInvoker();
        string[] words = Enumerable.Range(0, 200).Select(i => $"w{i}").ToArray();

        using AsyncServerStreamingCall<string> split =
            invoker.AsyncServerStreamingCall(Methods.ServerStreaming, null, default, string.Join(' ', words));
        Assert.Equal(words, await Methods.ReadAsync(split.ResponseStream));

        using AsyncClientStreamingCall<string, string> join =
            invoker.AsyncClientStreamingCall(Methods.ClientStreaming, null, default);
        await Methods.WriteAsync(join.RequestStream, words);
        await join.RequestStream.CompleteAsync();
        Assert.Equal(string.Join(' ', words), await join);

        using AsyncDuplexStreamingCall<string, string> chat = invoker.AsyncDuplexStreamingCall(Methods.Duplex, null, default);
        foreach (string word in words)
        {
            await chat.RequestStream.WriteAsync(word, CancellationToken.None);
            Assert.True(await chat.ResponseStream.MoveNext(default));
            Assert.Equal(word, chat.ResponseStream.Current);
        }

        await chat.RequestStream.CompleteAsync();
        Assert.False(await chat.ResponseStream.MoveNext(default));
        Assert.Equal(StatusCode.OK, chat.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Metadata_TextAndBinary_TravelBothWays()
    {
        byte[] bytes = [0, 1, 255, 44, 10];
        await using GrpcServer server = await GrpcServer.StartAsync(Methods.Handle(async (request, context) =>
        {
            await context.WriteResponseHeadersAsync(new Metadata
            {
                { "seen", string.Join(',', context.RequestHeaders.GetAll("many").Select(entry => entry.Value)) },
                { "seen-bin", context.RequestHeaders.GetValueBytes("token-bin")! },
            });
            context.ResponseTrailers.Add("left", context.RequestHeaders.GetValue("many")!);
            context.ResponseTrailers.Add("left-bin", bytes);
            return request;
        }));
        using GrpcChannel channel = server.Connect();
        var headers = new Metadata { { "Many", "one" }, { "many", "two" }, { "token-bin", bytes } };

        using AsyncUnaryCall<string> call = channel.CreateCallInvoker()
            .AsyncUnaryCall(Methods.Unary, null, new CallOptions(headers), "x");
        Metadata responseHeaders = await call.ResponseHeadersAsync;
        await call.ConfigureAwait(false);

        // A repeated header may arrive joined or apart; its values are the same.
        Assert.Equal("one,two", responseHeaders.GetValue("seen")!.Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(bytes, responseHeaders.GetValueBytes("seen-bin"));
        Assert.EndsWith("two", call.GetTrailers().GetValue("left"), StringComparison.Ordinal);
        Assert.Equal(bytes, call.GetTrailers().GetValueBytes("left-bin"));
    }

    [Fact]
    public async Task RichError_FromHandler_KeepsCodeDetailAndTrailers()
    {
        byte[] details = [8, 9, 0, 255];
        await using GrpcServer server = await GrpcServer.StartAsync(Methods.Handle((_, _) => throw new RpcException(
            new Status(StatusCode.FailedPrecondition, "not yet: 100 % wörk"),
            new Metadata { { "grpc-status-details-bin", details }, { "reason", "cap" } })));
        using GrpcChannel channel = server.Connect();

        RpcException error = await Assert.ThrowsAsync<RpcException>(async () =>
            await channel.CreateCallInvoker().AsyncUnaryCall(Methods.Unary, null, default, "x"));

        Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
        Assert.Equal("not yet: 100 % wörk", error.Status.Detail);
        Assert.Equal(details, error.Trailers.GetValueBytes("grpc-status-details-bin"));
        Assert.Equal("cap", error.Trailers.GetValue("reason"));
    }

    [Fact]
    public async Task Status_SetByHandler_EndsTheCall()
    {
        await using GrpcServer server = await GrpcServer.StartAsync(Methods.Handle((request, context) =>
        {
            context.Status = new Status(StatusCode.DataLoss, "gone");
            return Task.FromResult(request);
        }));
        using GrpcChannel channel = server.Connect();

        RpcException error = Assert.Throws<RpcException>(() =>
            channel.CreateCallInvoker().BlockingUnaryCall(Methods.Unary, null, default, "x"));

        Assert.Equal(new Status(StatusCode.DataLoss, "gone"), new Status(error.StatusCode, error.Status.Detail));
    }

    [Fact]
    public async Task Handler_Throws_IsUnknownWithoutItsText()
    {
        await using GrpcServer server = await GrpcServer.StartAsync(
            Methods.Handle((_, _) => throw new InvalidOperationException("secret")));
        using GrpcChannel channel = server.Connect();

        RpcException error = await Assert.ThrowsAsync<RpcException>(async () =>
            await channel.CreateCallInvoker().AsyncUnaryCall(Methods.Unary, null, default, "x"));

        Assert.Equal(StatusCode.Unknown, error.StatusCode);
        Assert.DoesNotContain("secret", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Method_Unknown_IsUnimplemented()
    {
        await using GrpcServer server = await GrpcServer.StartAsync(
            Methods.Handle((request, _) => Task.FromResult(request)));
        using GrpcChannel channel = server.Connect();

        using AsyncServerStreamingCall<string> call = channel.CreateCallInvoker()
            .AsyncServerStreamingCall(Methods.ServerStreaming, null, default, "x");
        RpcException error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(default));

        Assert.Equal(StatusCode.Unimplemented, error.StatusCode);
    }

    [Fact]
    public async Task Context_OfOneCall_TellsMethodHostPeerAndState()
    {
        await using GrpcServer server = await GrpcServer.StartAsync(Methods.Handle((_, context) =>
        {
            context.UserState["key"] = "kept";
            return Task.FromResult(
                $"{context.Method}|{context.Peer}|{context.UserState["key"]}|{context.AuthContext.IsPeerAuthenticated}|" +
                $"{context.Deadline == DateTime.MaxValue}|{context.Host}");
        }));
        using GrpcChannel channel = server.Connect();

        string[] told = (await channel.CreateCallInvoker().AsyncUnaryCall(Methods.Unary, null, default, "x")).Split('|');

        Assert.Equal("/standins.test.v1.Text/Unary", told[0]);
        Assert.StartsWith("ipv4:127.0.0.1:", told[1], StringComparison.Ordinal);
        Assert.Equal(["kept", "False", "True", server.Address.Authority], told[2..]);
    }

    [Fact]
    public async Task Channel_NobodyListens_IsUnavailable()
    {
        Uri address;
        await using (GrpcServer server = await GrpcServer.StartAsync(Methods.EchoAll()))
        {
            address = server.Address;
        }

        using GrpcChannel channel = GrpcChannel.ForAddress(address);
        RpcException error = await Assert.ThrowsAsync<RpcException>(async () =>
            await channel.CreateCallInvoker().AsyncUnaryCall(Methods.Unary, null, default, "x"));

        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        Assert.NotNull(error.Status.DebugException);
        Assert.Same(error.Status.DebugException, error.InnerException);
    }
}
