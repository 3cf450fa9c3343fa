using System.Buffers;
using System.IO.Pipelines;
using Pipelines.Sockets.Unofficial;

namespace Standins.Tests.Redis;

/// <summary>The pipes over a stream of the caller's.</summary>
public sealed class StreamConnectionTests
{
    [Fact]
    public async Task FailedSend_ReadThatWouldWaitForEver_Ends()
    {
        IDuplexPipe pipe = StreamConnection.GetDuplex(new BrokenForWriting());
        Task<ReadResult> read = pipe.Input.ReadAsync().AsTask();
        pipe.Output.Write(new byte[] { 1 });
        await pipe.Output.FlushAsync();

        await Assert.ThrowsAsync<ConnectionResetException>(() => read.WaitAsync(Loopback.Limit));
        await Assert.ThrowsAsync<ConnectionResetException>(() => pipe.Output.FlushAsync().AsTask());
    }

    [Fact]
    public async Task GetDuplex_OverLoopback_CountsBothWays()
    {
        using Loopback loop = await Loopback.OpenAsync();
        await using var stream = new System.Net.Sockets.NetworkStream(loop.Peer);
        IDuplexPipe pipe = StreamConnection.GetDuplex(stream);
        pipe.Output.Write(new byte[] { 1, 2, 3 });
        await pipe.Output.FlushAsync();
        ReadResult there = await loop.Connection.Input.ReadAtLeastAsync(3);
        await loop.SendAsync([4, 5]);
        ReadResult back = await pipe.Input.ReadAtLeastAsync(2);

        Assert.Equal([1, 2, 3], there.Buffer.ToArray());
        Assert.Equal([4, 5], back.Buffer.ToArray());
        IMeasuredDuplexPipe measured = Assert.IsAssignableFrom<IMeasuredDuplexPipe>(pipe);
        Assert.Equal(3, measured.TotalBytesSent);
        Assert.Equal(2, measured.TotalBytesReceived);
    }

    [Fact]
    public async Task GetReader_Stream_ReadsItToTheEnd()
    {
        PipeReader reader = StreamConnection.GetReader(new MemoryStream([1, 2, 3]));
        ReadResult all = await reader.ReadAtLeastAsync(100);

        Assert.True(all.IsCompleted);
        Assert.Equal([1, 2, 3], all.Buffer.ToArray());
    }

    private sealed class BrokenForWriting : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
            => throw new IOException("broken for writing");
    }
}
