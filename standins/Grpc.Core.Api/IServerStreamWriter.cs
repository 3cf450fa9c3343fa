namespace Grpc.Core;

/// <summary>The response stream; the handler's return ends it.</summary>
public interface IServerStreamWriter<in T> : IAsyncStreamWriter<T>
{
}
