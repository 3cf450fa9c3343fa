using Grpc.Core;
using Grpc.Core.Interceptors;

namespace WinBack.Service.Grpc.Errors;

/// <summary>The one place where what a handler throws becomes the status of its call.</summary>
internal sealed class ErrorInterceptor(CallFaults faults) : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(continuation(request, context), context);

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(continuation(request, responseStream, context), context);

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(continuation(requestStream, responseStream, context), context);

    private async Task<T> GuardAsync<T>(Task<T> call, ServerCallContext context)
    {
        await GuardAsync((Task)call, context);
        return await call;
    }

    private async Task GuardAsync(Task call, ServerCallContext context)
    {
        try
        {
            await call;
        }
        catch (Exception e)
        {
            throw faults.Of(e, context);
        }
    }
}
