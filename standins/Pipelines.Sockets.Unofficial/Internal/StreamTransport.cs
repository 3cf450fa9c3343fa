namespace Pipelines.Sockets.Unofficial.Internal;

/// <summary>A duplex stream (TLS, or a tunnel of the user's) as transport.</summary>
internal sealed class StreamTransport(Stream stream) : Transport
{
    private readonly CancellationTokenSource _abort = new();

    public override long BytesAvailable => -1;

    public override async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (!cancellationToken.CanBeCanceled)
        {
            return await stream.ReadAsync(buffer, _abort.Token).ConfigureAwait(false);
        }

        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _abort.Token);
        return await stream.ReadAsync(buffer, both.Token).ConfigureAwait(false);
    }

    public override async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        await stream.WriteAsync(bytes, _abort.Token).ConfigureAwait(false);
        await stream.FlushAsync(_abort.Token).ConfigureAwait(false);
    }

    // Off the caller's thread: cancelling runs the waiting reader inline, and the caller may hold the client's locks.
    public override void Abort() => _ = _abort.CancelAsync();

    public override void Close()
    {
        Abort();
        stream.Dispose();
    }
}
