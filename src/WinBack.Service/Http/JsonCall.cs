using Grpc.Core;
using WinBack.Service.Grpc.Errors;

namespace WinBack.Service.Http;

/// <summary>One call over HTTP: whatever it throws becomes a problem document, by the same rules as a gRPC status.</summary>
internal static class JsonCall
{
    internal static async Task RunAsync(HttpContext http, HttpRoute route, Func<ServerCallContext, Task> answer)
    {
        var context = new HttpCallContext(http, $"/{route.Method.Service.FullName}/{route.Method.Name}");
        try
        {
            await answer(context);
        }
        catch (BadHttpRequestException refused)
        {
            // Too large, or broken off: Kestrel says which.
            http.Response.StatusCode = refused.StatusCode;
        }
        catch (Exception e)
        {
            RpcException error = http.RequestServices.GetRequiredService<CallFaults>().Of(e, context);
            // A stream that has begun can only be broken off.
            if (http.Response.HasStarted) http.Abort();
            else await ProblemDocument.WriteAsync(http, error);
        }
    }
}
