using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Http.Features;

namespace WinBack.Service.Grpc.Errors;

/// <summary>
/// The one place where what a handler throws becomes the status of its call; the status is a tag of the call's duration too, which
/// by itself only knows that of HTTP.
/// </summary>
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
            Tag(context, StatusCode.OK);
        }
        catch (Exception e)
        {
            RpcException told = faults.Of(e, context);
            Tag(context, told.StatusCode);
            throw told;
        }
    }

    private static void Tag(ServerCallContext context, StatusCode status) =>
        context.GetHttpContext().Features.Get<IHttpMetricsTagsFeature>()?.Tags.Add(
            new KeyValuePair<string, object?>("rpc.response.status_code", StatusNames.Of(status)));
}
