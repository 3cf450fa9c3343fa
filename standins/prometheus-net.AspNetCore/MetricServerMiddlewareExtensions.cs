using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Prometheus;

/// <summary>Serves every <see cref="System.Diagnostics.Metrics.Meter"/> of the process to Prometheus.</summary>
public static class MetricServerMiddlewareExtensions
{
    /// <summary>
    /// Adds an endpoint that writes all metrics: the Prometheus text format 0.0.4, or OpenMetrics 1.0.0 where the request
    /// prefers that. Measurements are kept from this call on, not from the first scrape.
    /// </summary>
    /// <param name="pattern">Route of the endpoint.</param>
    public static IEndpointConventionBuilder MapMetrics(this IEndpointRouteBuilder endpoints, string pattern = "/metrics")
    {
        var collector = MeterCollector.OfProcess;
        return endpoints.MapGet(pattern, context => WriteAsync(context, collector)).WithDisplayName("Prometheus metrics");
    }

    private static async Task WriteAsync(HttpContext context, MeterCollector collector)
    {
        var format = ExpositionFormat.Negotiate(context.Request.Headers.Accept);
        var body = collector.Render(format);
        context.Response.ContentType = format.ContentType;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
