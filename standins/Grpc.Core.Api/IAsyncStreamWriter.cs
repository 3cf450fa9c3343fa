namespace Grpc.Core;

/// <summary>The outgoing messages of a stream. One pending write at a time.</summary>
public interface IAsyncStreamWriter<in T>
{
    /// <summary>Options of the writes to come; null is the default.</summary>
    WriteOptions? WriteOptions { get; set; }

    Task WriteAsync(T message);

    /// <summary>A writer that does not override this accepts only a token that cannot be cancelled.</summary>
    /// <exception cref="NotSupportedException">The token can be cancelled and the writer cannot.</exception>
    Task WriteAsync(T message, CancellationToken cancellationToken) => cancellationToken.CanBeCanceled
        ? throw new NotSupportedException("This stream writer cannot cancel a write.")
        : WriteAsync(message);
}
