using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Pipelines.Sockets.Unofficial;

namespace Standins.Tests.Redis;

/// <summary>
/// What each half says when a connection ends. The client relies on the order: replies first, then the dead sending
/// half, then the news of the end (see ReceivePipe).
/// </summary>
public sealed class ConnectionEndTests
{
    private static readonly PipeOptions _smallThresholds = new(pauseWriterThreshold: 64_000, resumeWriterThreshold: 32_000);

    [Fact]
    public async Task FlushAsync_OnceTheEndWasSeen_Throws()
    {
        using Loopback loop = await Loopback.OpenAsync();
        loop.Peer.Shutdown(SocketShutdown.Both);
        ReadResult end = await loop.Connection.Input.ReadAsync().AsTask().WaitAsync(Loopback.Limit);

        Assert.True(end.IsCompleted);
        await Assert.ThrowsAsync<ConnectionResetException>(() => loop.SendAsync([1]));
    }

    [Fact]
    public async Task FlushAsync_EndNotYetRead_SucceedsSoThatRepliesAreReadFirst()
    {
        using Loopback loop = await Loopback.OpenAsync();
        await loop.Peer.SendAsync(new byte[] { 1 });
        loop.Peer.Shutdown(SocketShutdown.Both);
        await loop.SendAsync([2]);
        ReadResult reply = await loop.Connection.Input.ReadAsync();
        await loop.SendAsync([3]);

        Assert.Equal([1], reply.Buffer.ToArray());
        loop.Connection.Input.AdvanceTo(reply.Buffer.End);
        Assert.True((await loop.Connection.Input.ReadAsync().AsTask().WaitAsync(Loopback.Limit)).IsCompleted);
        await Assert.ThrowsAsync<ConnectionResetException>(() => loop.SendAsync([4]));
    }

    [Fact]
    public async Task FailedSend_WhileReplyIsBeingRead_EndsOnlyAfterTheReply()
    {
        using Loopback loop = await Loopback.OpenAsync();
        await loop.Peer.SendAsync(new byte[] { 1 });
        ReadResult reply = await loop.Connection.Input.ReadAsync();
        loop.ResetPeer();
        await UntilAsync(async () =>
        {
            await loop.SendAsync(new byte[10_000]);
            return loop.Connection.ShutdownKind == PipeShutdownKind.WriteSocketError;
        });

        Assert.Equal([1], reply.Buffer.ToArray());
        await loop.SendAsync([2]);
        loop.Connection.Input.AdvanceTo(reply.Buffer.End);
        await ReadEndAsync(loop.Connection.Input);
        await Assert.ThrowsAsync<ConnectionResetException>(() => loop.SendAsync([3]));
        Assert.NotEqual(SocketError.Success, loop.Connection.SocketError);
    }

    [Fact]
    public async Task FailedSend_WhileWaitingForReply_EndsTheWait()
    {
        using Loopback loop = await Loopback.OpenAsync();
        Task end = ReadEndAsync(loop.Connection.Input);
        loop.ResetPeer();
        await end;

        await Assert.ThrowsAsync<ConnectionResetException>(() => loop.SendAsync([1]));
    }

    [Fact]
    public async Task FlushAsync_BeyondTheThreshold_WaitsUntilThePeerReads()
    {
        const int Bytes = 20_000_000;
        using Loopback loop = await Loopback.OpenAsync(_smallThresholds);
        Task sending = loop.SendAsync(new byte[Bytes]);
        Assert.False(sending.IsCompleted);
        await loop.ReceiveAtPeerAsync(Bytes);
        await sending.WaitAsync(Loopback.Limit);
    }

    [Fact]
    public async Task FlushAsync_Waiting_EndsByTokenByCancelAndByDisconnect()
    {
        using Loopback loop = await Loopback.OpenAsync(_smallThresholds);
        PipeWriter output = loop.Connection.Output;
        output.Write(new byte[20_000_000]);
        using var source = new CancellationTokenSource();
        Task<FlushResult> byToken = output.FlushAsync(source.Token).AsTask();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => byToken.WaitAsync(Loopback.Limit));

        Task<FlushResult> byCancel = output.FlushAsync().AsTask();
        output.CancelPendingFlush();
        Assert.True((await byCancel.WaitAsync(Loopback.Limit)).IsCanceled);

        Task<FlushResult> byEnd = output.FlushAsync().AsTask();
        Task end = ReadEndAsync(loop.Connection.Input);
        loop.ResetPeer();
        await end;
        await Assert.ThrowsAsync<ConnectionResetException>(() => byEnd.WaitAsync(Loopback.Limit));
    }

    [Fact]
    public async Task CancelPendingRead_WhileWaiting_EndsBothHalves()
    {
        using Loopback loop = await Loopback.OpenAsync();
        Task<ReadResult> read = loop.Connection.Input.ReadAsync().AsTask();
        loop.Connection.Input.CancelPendingRead();
        ReadResult result = await read.WaitAsync(Loopback.Limit);

        Assert.True(result.IsCanceled);
        await Assert.ThrowsAsync<ConnectionResetException>(() => loop.SendAsync([1]));
        Assert.Equal(PipeShutdownKind.PipeDisposed, loop.Connection.ShutdownKind);
    }

    [Fact]
    public async Task Complete_EitherHalfWithNoReadUnderWay_FlushThrowsAtOnce()
    {
        using Loopback first = await Loopback.OpenAsync();
        using Loopback second = await Loopback.OpenAsync();
        using Loopback third = await Loopback.OpenAsync();
        first.Connection.Input.Complete();
        second.Connection.Output.Complete();
        third.Connection.Input.CancelPendingRead();

        await Assert.ThrowsAsync<ConnectionResetException>(() => first.SendAsync([1]));
        await Assert.ThrowsAsync<ConnectionResetException>(() => second.SendAsync([1]));
        await Assert.ThrowsAsync<ConnectionResetException>(() => third.SendAsync([1]));
    }

    [Fact]
    public async Task ReadAsync_CallersToken_LeavesTheConnectionAlone()
    {
        using Loopback loop = await Loopback.OpenAsync();
        using var source = new CancellationTokenSource();
        Task<ReadResult> read = loop.Connection.Input.ReadAsync(source.Token).AsTask();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read.WaitAsync(Loopback.Limit));

        await loop.Peer.SendAsync(new byte[] { 7 });
        Assert.Equal([7], (await loop.Connection.Input.ReadAsync()).Buffer.ToArray());
    }

    [Fact]
    public async Task Dispose_WhileBufferIsRead_BufferStays()
    {
        using Loopback loop = await Loopback.OpenAsync();
        byte[] sent = [.. Enumerable.Range(0, 200_000).Select(i => (byte)i)];
        Task<int> sending = loop.Peer.SendAsync(sent);
        ReadResult read = await loop.Connection.Input.ReadAtLeastAsync(sent.Length);
        await sending;
        loop.Connection.Input.Complete();
        loop.Connection.Output.Complete();
        loop.Connection.Dispose();
        for (int i = 0; i < 20; i++)
        {
            using Loopback other = await Loopback.OpenAsync();
            await other.SendAsync(new byte[100_000]);
            await other.Peer.SendAsync(new byte[100]);
            await other.Connection.Input.ReadAsync();
        }

        Assert.Equal(sent, read.Buffer.ToArray());
        loop.Connection.Input.AdvanceTo(read.Buffer.End);
        Assert.True((await loop.Connection.Input.ReadAsync()).IsCompleted);
    }

    [Fact]
    public async Task TrySetProtocolShutdown_BeforeTheEnd_IsTheCauseThatIsKept()
    {
        using Loopback loop = await Loopback.OpenAsync();
        Assert.True(loop.Connection.TrySetProtocolShutdown(PipeShutdownKind.ProtocolExitClient));
        loop.Peer.Shutdown(SocketShutdown.Both);
        await ReadEndAsync(loop.Connection.Input);

        Assert.False(loop.Connection.TrySetProtocolShutdown(PipeShutdownKind.ProtocolExitClient));
        Assert.Equal(PipeShutdownKind.ProtocolExitClient, loop.Connection.ShutdownKind);
        Assert.Equal(SocketError.Success, loop.Connection.SocketError);
    }

    // The end shows as a completed read or, after a reset, as an exception.
    private static async Task ReadEndAsync(PipeReader input)
    {
        try
        {
            Assert.True((await input.ReadAsync().AsTask().WaitAsync(Loopback.Limit)).IsCompleted);
        }
        catch (ConnectionResetException)
        {
            Assert.True((await input.ReadAsync()).IsCompleted);
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> step)
    {
        using var limit = new CancellationTokenSource(Loopback.Limit);
        while (!await step())
        {
            await Task.Delay(1, limit.Token);
        }
    }
}
