using Grpc.Core;
using Grpc.Net.Client;

namespace Standins.Tests.Grpc;

/// <summary>Deadlines and cancellation reach the other side. Waits are bounded by the test's own limit, not timed.</summary>
public sealed class GrpcCancellationTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The first deadline may pass before the call has reached the server at all, on a busy machine: then it says nothing of the
    /// server's side, and the next call gets twice the time.
    /// </summary>
    [Fact]
    public async Task Deadline_Passes_EndsBothSides()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancelled = new TaskCompletionSource<DateTime>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using GrpcServer server = await GrpcServer.StartAsync(Methods.Handle((_, context) =>
        {
            started.TrySetResult();
            return Hang(context, cancelled);
        }));
        using GrpcChannel channel = server.Connect();

        for (TimeSpan time = TimeSpan.FromMilliseconds(200); !started.Task.IsCompleted && time < Limit; time *= 2)
        {
            RpcException error = await Assert.ThrowsAsync<RpcException>(async () => await channel.CreateCallInvoker()
                .AsyncUnaryCall(Methods.Unary, null, new CallOptions(deadline: DateTime.UtcNow + time), "x"));
            Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
        }

        DateTime seen = await cancelled.Task.WaitAsync(Limit);
        Assert.NotEqual(DateTime.MaxValue, seen);
        Assert.Equal(DateTimeKind.Utc, seen.Kind);
    }

    [Fact]
    public async Task Deadline_AlreadyPast_FailsWithoutACall()
    {
        bool called = false;
        await using GrpcServer server = await GrpcServer.StartAsync(Methods.Handle((request, _) =>
        {
            called = true;
            return Task.FromResult(request);
        }));
        using GrpcChannel channel = server.Connect();

        RpcException error = await Assert.ThrowsAsync<RpcException>(async () => await channel.CreateCallInvoker()
            .AsyncUnaryCall(Methods.Unary, null, default(CallOptions).WithDeadline(DateTime.UtcNow.AddSeconds(-5)), "x"));

        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
        Assert.False(called);
    }

    [Fact]
    public async Task Token_Cancelled_ReachesTheHandler()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancelled = new TaskCompletionSource<DateTime>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using GrpcServer server = await GrpcServer.StartAsync(Methods.Handle((_, context) =>
        {
            started.SetResult();
            return Hang(context, cancelled);
        }));
        using GrpcChannel channel = server.Connect();
        using var cancellation = new CancellationTokenSource();

        using AsyncUnaryCall<string> call = channel.CreateCallInvoker()
            .AsyncUnaryCall(Methods.Unary, null, new CallOptions().WithCancellationToken(cancellation.Token), "x");
        await started.Task.WaitAsync(Limit);
        await cancellation.CancelAsync();

        RpcException error = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(StatusCode.Cancelled, error.StatusCode);
        await cancelled.Task.WaitAsync(Limit);
        Assert.Equal(StatusCode.Cancelled, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Stream_Disposed_ReachesTheHandler()
    {
        var cancelled = new TaskCompletionSource<DateTime>(TaskCreationOptions.RunContinuationsAsynchronously);
        ServerServiceDefinition service = ServerServiceDefinition.CreateBuilder()
            .AddMethod(Methods.ServerStreaming, async (string _, IServerStreamWriter<string> responses, ServerCallContext context) =>
            {
                await responses.WriteAsync("first");
                await Hang(context, cancelled);
            })
            .Build();
        await using GrpcServer server = await GrpcServer.StartAsync(service);
        using GrpcChannel channel = server.Connect();

        AsyncServerStreamingCall<string> call = channel.CreateCallInvoker()
            .AsyncServerStreamingCall(Methods.ServerStreaming, null, default, "x");
        Assert.True(await call.ResponseStream.MoveNext(default));
        call.Dispose();

        await cancelled.Task.WaitAsync(Limit);
    }

    private static async Task<string> Hang(ServerCallContext context, TaskCompletionSource<DateTime> cancelled)
    {
        await using CancellationTokenRegistration registration =
            context.CancellationToken.Register(() => cancelled.TrySetResult(context.Deadline));
        await Task.Delay(Timeout.Infinite, context.CancellationToken);
        return "";
    }
}
