using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace WinBack.Adapters.Tracing;

/// <summary>
/// Sends spans to an OTLP receiver, where the options or OpenTelemetry's environment variables name one. What stands in the
/// options goes before the environment, but for the sampler: OTEL_TRACES_SAMPLER replaces ours.
/// </summary>
public static class TraceExport
{
    private const string TracesPath = "/v1/traces";
    private static readonly string[] Endpoints = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];

    /// <summary>Whether spans are to be made at all.</summary>
    public static bool IsOn(TracingOptions options) =>
        (options.OtlpEndpoint.Length > 0 || Endpoints.Any(name => Variable(name).Length > 0))
        && !Variable("OTEL_SDK_DISABLED").Equals("true", StringComparison.OrdinalIgnoreCase)
        && Variable("OTEL_TRACES_EXPORTER") != "none";

    /// <summary>Makes spans from now on until what is returned is disposed of, which sends the last ones.</summary>
    /// <param name="service">service.name, unless OTEL_SERVICE_NAME says another.</param>
    /// <param name="sources">Beside WinBack's own.</param>
    /// <returns>Null when tracing is off.</returns>
    public static TracerProvider? Start(TracingOptions options, string service, params string[] sources)
    {
        if (!IsOn(options)) return null;
        TracerProviderBuilder builder = Sdk.CreateTracerProviderBuilder().AddSource([Spans.SourceName, .. sources]);
        if (Variable("OTEL_SERVICE_NAME").Length == 0)
            builder.ConfigureResource(resource => resource.AddService(
                service, serviceNamespace: "winback", serviceVersion: typeof(TraceExport).Assembly.GetName().Version?.ToString(3)));
        if (Variable("OTEL_TRACES_SAMPLER").Length == 0) builder.SetSampler(new LinkedSampler(options.SampleRatio));
        return builder.AddOtlpExporter(exporter => Configure(exporter, options)).Build();
    }

    private static void Configure(OtlpExporterOptions exporter, TracingOptions options)
    {
        if (options.OtlpEndpoint.Length == 0) return;
        bool isHttp = options.OtlpProtocol == "http/protobuf";
        exporter.Protocol = isHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        exporter.Endpoint = new Uri(options.OtlpEndpoint.TrimEnd('/') + (isHttp ? TracesPath : ""));
    }

    private static string Variable(string name) => Environment.GetEnvironmentVariable(name) ?? "";
}
