using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Standins.Tests.Grpc;

/// <summary>Turns a bad argument into INVALID_ARGUMENT.</summary>
internal sealed class ArgumentInterceptor : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (ArgumentException error)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, error.Message));
        }
    }
}
