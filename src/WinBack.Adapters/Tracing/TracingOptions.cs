using System.ComponentModel.DataAnnotations;

namespace WinBack.Adapters.Tracing;

/// <summary>Where traces go, and which. OpenTelemetry's own environment variables (OTEL_*) say the same.</summary>
public sealed class TracingOptions
{
    public const string Section = "Tracing";

    /// <summary>Address of an OTLP receiver, without a path; with none here and in OTEL_EXPORTER_OTLP_ENDPOINT nothing is traced.</summary>
    [RegularExpression("^https?://[^/]+/?$", ErrorMessage = "use an address like http://127.0.0.1:4317, without a path")]
    public string OtlpEndpoint { get; set; } = "";

    /// <summary>"grpc" or "http/protobuf".</summary>
    [RegularExpression("^(grpc|http/protobuf)$", ErrorMessage = "use grpc or http/protobuf")]
    public string OtlpProtocol { get; set; } = "grpc";

    /// <summary>
    /// Share of the traces that begin here; a trace that a caller began is recorded when the caller records it. Default 0.01; 0 to 1.
    /// </summary>
    [Range(0.0, 1.0)]
    public double SampleRatio { get; set; } = 0.01;
}
