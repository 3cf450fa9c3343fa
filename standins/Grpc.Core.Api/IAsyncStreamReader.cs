namespace Grpc.Core;

/// <summary>The incoming messages of a stream. One reader at a time.</summary>
public interface IAsyncStreamReader<out T>
{
    /// <summary>Defined only after <see cref="MoveNext"/> gave true.</summary>
    T Current { get; }

    /// <summary>Waits for the next message; false at the end of the stream.</summary>
    Task<bool> MoveNext(CancellationToken cancellationToken);
}
