using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Prometheus;

/// <summary>One of the two formats that Prometheus reads.</summary>
internal sealed record ExpositionFormat(bool IsOpenMetrics, string ContentType)
{
    public static readonly ExpositionFormat Text = new(false, "text/plain; version=0.0.4; charset=utf-8");

    public static readonly ExpositionFormat OpenMetrics = new(true, "application/openmetrics-text; version=1.0.0; charset=utf-8");

    private const string OpenMetricsType = "application/openmetrics-text";

    /// <summary>OpenMetrics when the Accept header names it at least as strongly as plain text; plain text otherwise.</summary>
    public static ExpositionFormat Negotiate(StringValues accept)
    {
        if (!MediaTypeHeaderValue.TryParseList(accept, out var types))
        {
            return Text;
        }

        double openMetrics = 0, text = 0;
        foreach (var type in types)
        {
            var quality = type.Quality ?? 1;
            if (type.MediaType.Equals(OpenMetricsType, StringComparison.OrdinalIgnoreCase))
            {
                openMetrics = Math.Max(openMetrics, quality);
            }
            else if (type.MediaType.Equals("text/plain", StringComparison.OrdinalIgnoreCase))
            {
                text = Math.Max(text, quality);
            }
        }

        return openMetrics > 0 && openMetrics >= text ? OpenMetrics : Text;
    }
}
