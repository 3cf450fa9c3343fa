using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Pipelines.Sockets.Unofficial;

namespace Standins.Tests.Redis;

/// <summary>The pipes over a real socket: every byte arrives, once and in order, whatever the sizes.</summary>
public sealed class SocketConnectionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Output_RandomPieces_ArriveUnchanged(int seed)
    {
        using Loopback loop = await Loopback.OpenAsync();
        var random = new Random(seed);
        byte[] expected = new byte[3_000_000];
        random.NextBytes(expected);
        Task<byte[]> received = loop.ReceiveAtPeerAsync(expected.Length);
        for (int at = 0; at < expected.Length;)
        {
            at += WritePiece(loop.Connection.Output, expected.AsSpan(at), random);
            if (random.Next(3) == 0)
            {
                await loop.Connection.Output.FlushAsync();
            }
        }

        await loop.Connection.Output.FlushAsync();
        Assert.Equal(expected, await received);
        Assert.Equal(expected.Length, loop.Connection.BytesSent);
        Assert.Equal(0, loop.Connection.GetCounters().BytesWaitingToBeSent);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Input_RandomPiecesAndSteps_ArriveUnchanged(int seed)
    {
        using Loopback loop = await Loopback.OpenAsync();
        var random = new Random(seed);
        byte[] expected = new byte[3_000_000];
        random.NextBytes(expected);
        Task sending = SendPiecesAsync(loop.Peer, expected, new Random(seed + 100));
        byte[] actual = await ReadAllAsync(loop.Connection.Input, random).WaitAsync(Loopback.Limit);
        await sending;

        Assert.Equal(expected, actual);
        Assert.Equal(expected.Length, loop.Connection.BytesRead);
        Assert.Equal(PipeShutdownKind.ReadEndOfStream, loop.Connection.ShutdownKind);
        Assert.Equal(0, loop.Connection.LastReceived);
    }

    [Fact]
    public async Task Output_NotFlushed_IsNotSent()
    {
        using Loopback loop = await Loopback.OpenAsync();
        await loop.SendAsync([1, 2, 3]);
        loop.Connection.Output.Write(new byte[] { 4 });
        Assert.Equal([1, 2, 3], await loop.ReceiveAtPeerAsync(3));
        Assert.Equal(0, loop.Peer.Available);
        Assert.Equal(3, loop.Connection.BytesSent);
    }

    [Fact]
    public async Task TryRead_NothingNew_IsFalseUntilMoreArrives()
    {
        using Loopback loop = await Loopback.OpenAsync();
        Assert.False(loop.Connection.Input.TryRead(out _));
        await loop.Peer.SendAsync(new byte[] { 1, 2 });
        ReadResult first = await loop.Connection.Input.ReadAsync();
        loop.Connection.Input.AdvanceTo(first.Buffer.Start, first.Buffer.End);
        Assert.False(loop.Connection.Input.TryRead(out _));
        Assert.Equal(2, loop.Connection.GetCounters().BytesWaitingToBeRead);

        await loop.Peer.SendAsync(new byte[] { 3 });
        ReadResult second = await loop.Connection.Input.ReadAsync();
        Assert.Equal([1, 2, 3], second.Buffer.ToArray());
        loop.Connection.Input.AdvanceTo(second.Buffer.GetPosition(2));
        Assert.True(loop.Connection.Input.TryRead(out ReadResult rest));
        Assert.Equal([3], rest.Buffer.ToArray());
    }

    private static int WritePiece(PipeWriter output, ReadOnlySpan<byte> rest, Random random)
    {
        int hint = random.Next(4) switch
        {
            0 => 0,
            1 => random.Next(1, 40),
            2 => random.Next(1, 5_000),
            _ => random.Next(1, 200_000),
        };
        Span<byte> target = random.Next(2) == 0 ? output.GetSpan(hint) : output.GetMemory(hint).Span;
        Assert.True(target.Length >= Math.Max(1, hint));
        int length = Math.Min(random.Next(0, target.Length + 1), rest.Length);
        rest[..length].CopyTo(target);
        output.Advance(length);
        return length;
    }

    private static async Task SendPiecesAsync(Socket peer, byte[] bytes, Random random)
    {
        for (int at = 0; at < bytes.Length;)
        {
            int length = Math.Min(random.Next(1, random.Next(2) == 0 ? 50 : 200_000), bytes.Length - at);
            at += await peer.SendAsync(bytes.AsMemory(at, length));
        }

        peer.Shutdown(SocketShutdown.Send);
    }

    // Consumes a random part of what is there each time, and asks for more when it took nothing.
    private static async Task<byte[]> ReadAllAsync(PipeReader input, Random random)
    {
        var all = new ArrayBufferWriter<byte>();
        while (true)
        {
            ReadResult result = await input.ReadAsync();
            if (result.IsCompleted && result.Buffer.IsEmpty)
            {
                return all.WrittenSpan.ToArray();
            }

            long there = result.Buffer.Length;
            long take = random.Next(3) switch { 0 => 0, 1 => there, _ => random.NextInt64(there + 1) };
            take = result.IsCompleted ? there : take;
            foreach (ReadOnlyMemory<byte> piece in result.Buffer.Slice(0, take))
            {
                all.Write(piece.Span);
            }

            input.AdvanceTo(result.Buffer.GetPosition(take), take == 0 ? result.Buffer.End : result.Buffer.GetPosition(take));
        }
    }
}
