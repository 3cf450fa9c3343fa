namespace Grpc.Core.Interceptors;

/// <summary>The call that a client interceptor sees, and may pass on changed.</summary>
public struct ClientInterceptorContext<TRequest, TResponse>(
    Method<TRequest, TResponse> method, string? host, CallOptions options)
    where TRequest : class
    where TResponse : class
{
    public Method<TRequest, TResponse> Method { get; } = method;

    /// <summary>The authority; null is the channel's own.</summary>
    public string? Host { get; } = host;

    public CallOptions Options { get; } = options;
}
