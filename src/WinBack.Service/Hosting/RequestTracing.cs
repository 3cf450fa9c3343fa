using System.Diagnostics;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Http.Features;
using OpenTelemetry.Trace;
using WinBack.Adapters.Tracing;

namespace WinBack.Service.Hosting;

/// <summary>
/// Spans of the calls that come in. ASP.NET Core makes one for every request and reads the caller's trace context; here it gets
/// OpenTelemetry's names and attributes for gRPC, and loses the path, which may name a customer.
/// </summary>
internal static class RequestTracing
{
    private const string HostingSource = "Microsoft.AspNetCore";

    /// <summary>What probes and scrapers ask, all the time.</summary>
    private static readonly string[] Untraced = ["/metrics", "/healthz/", "grpc.health.", "grpc.reflection."];

    /// <summary>Tags of ASP.NET Core and of the gRPC server that hold paths, or say in other words what stands in the span anyhow.</summary>
    private static readonly string[] Dropped = ["url.path", "url.query", "http.target", "http.url", "grpc.method", "grpc.status_code"];

    internal static void AddTracing(this WebApplicationBuilder builder, AllOptions options)
    {
        if (!TraceExport.IsOn(options.Tracing)) return;
        string service = options.Service is { Ingests: true, Decides: true } ? "winback" : "winback-" + options.Service.Roles;
        builder.Services.AddSingleton(_ => TraceExport.Start(options.Tracing, service, HostingSource)!);
    }

    /// <summary>Begins to trace; does nothing where tracing is off.</summary>
    internal static void UseTracing(this WebApplication app)
    {
        if (app.Services.GetService<TracerProvider>() is null) return;
        app.Use(async (context, next) =>
        {
            Activity? span = context.Features.Get<IHttpActivityFeature>()?.Activity;
            if (span is { Recorded: true } && IsUntraced(context)) Forget(span);
            await next(context);
            if (span is { Recorded: true }) Describe(span, context);
        });
    }

    private static bool IsUntraced(HttpContext context)
    {
        string path = context.Request.Path.Value ?? "";
        foreach (string part in Untraced)
            if (path.StartsWith(part, StringComparison.Ordinal) || path.AsSpan(Math.Min(1, path.Length)).StartsWith(part)) return true;
        return false;
    }

    private static void Forget(Activity span)
    {
        span.IsAllDataRequested = false;
        span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
    }

    private static void Describe(Activity span, HttpContext context)
    {
        object? grpcStatus = span.GetTagItem("grpc.status_code");
        foreach (string tag in Dropped) span.SetTag(tag, null);
        Endpoint? endpoint = context.GetEndpoint();
        if (endpoint?.Metadata.GetMetadata<GrpcMethodMetadata>() is { } grpc)
            RpcSpan.Describe(span, grpc.Method.FullName.TrimStart('/'), grpcStatus as string);
        else DescribeHttp(span, context, (endpoint as RouteEndpoint)?.RoutePattern.RawText);
    }

    private static void DescribeHttp(Activity span, HttpContext context, string? route)
    {
        span.DisplayName = route is null ? context.Request.Method : $"{context.Request.Method} {route}";
        span.SetTag("http.request.method", context.Request.Method)
            .SetTag("http.route", route)
            .SetTag("http.response.status_code", context.Response.StatusCode);
        if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
            Spans.Fail(span, context.Response.StatusCode.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}
