namespace Grpc.Core;

/// <summary>
/// Ties a child call to a server call. Grpc.AspNetCore.Server and Grpc.Net.Client do it in another way (the client
/// factory) and never make one, so it has no content here.
/// </summary>
public abstract class ContextPropagationToken
{
    internal ContextPropagationToken()
    {
    }
}
