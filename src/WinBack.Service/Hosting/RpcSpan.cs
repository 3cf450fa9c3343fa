using System.Diagnostics;
using System.Globalization;
using Grpc.Core;
using WinBack.Adapters.Tracing;
using WinBack.Service.Grpc;

namespace WinBack.Service.Hosting;

/// <summary>A span of a gRPC call, after OpenTelemetry's conventions for RPC servers.</summary>
internal static class RpcSpan
{
    /// <param name="method">package.Service/Method.</param>
    /// <param name="status">The number of the status; null when the call ended without one.</param>
    internal static void Describe(Activity span, string method, string? status)
    {
        span.DisplayName = method;
        span.SetTag("rpc.system.name", "grpc").SetTag("rpc.method", method);
        if (!int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out int number)) return;
        string name = StatusNames.Of((StatusCode)number);
        span.SetTag("rpc.response.status_code", name);
        if (IsOfServer((StatusCode)number)) Spans.Fail(span, name);
    }

    /// <summary>A wrong request is the caller's failure, not one of this span.</summary>
    private static bool IsOfServer(StatusCode code) => code is StatusCode.Unknown or StatusCode.DeadlineExceeded
        or StatusCode.Unimplemented or StatusCode.Internal or StatusCode.Unavailable or StatusCode.DataLoss;
}
