using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Standins.Tests.Grpc;

/// <summary>Adds its name to the trace header of every call and notes its kind and host.</summary>
internal sealed class TraceInterceptor(string name) : Interceptor
{
    public List<string> Seen { get; } = [];

    /// <summary>The host of the last call.</summary>
    public string? Host { get; private set; }

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        BlockingUnaryCallContinuation<TRequest, TResponse> continuation) =>
        continuation(request, Traced(context, "Blocking" + context.Method.Name));

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        AsyncUnaryCall<TResponse> call = continuation(request, Traced(context, context.Method.Name));
        return new AsyncUnaryCall<TResponse>(
            call.ResponseAsync, call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call.Dispose);
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation) =>
        continuation(request, Traced(context, context.Method.Name));

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncClientStreamingCallContinuation<TRequest, TResponse> continuation) =>
        continuation(Traced(context, context.Method.Name));

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation) =>
        continuation(Traced(context, context.Method.Name));

    private ClientInterceptorContext<TRequest, TResponse> Traced<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context, string kind)
        where TRequest : class
        where TResponse : class
    {
        Seen.Add(kind);
        Host = context.Host;
        Metadata headers = [.. context.Options.Headers ?? [], new Metadata.Entry("trace", name)];
        return new(context.Method, context.Host, context.Options.WithHeaders(headers));
    }
}
