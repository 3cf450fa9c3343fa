using System.ComponentModel.DataAnnotations;

namespace WinBack.Service.Serving;

/// <summary>How a service node follows the registries of models and of playbooks.</summary>
public sealed class ModelServingOptions
{
    public const string Section = "ModelServing";

    /// <summary>How often the node looks whether a registry, of models or of playbooks, has changed. Default 500 ms; 20 ms to 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.020", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How often the node tells what it serves and sees, and judges rollouts. Default 5 s; 100 ms to 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:30")]
    public TimeSpan ReportInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Drift is measured over this window and the one before. Default 1 hour; 1 minute to 7 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan DriftWindow { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Scored requests that may wait to be looked at; what is more is dropped and counted. Default 4,096; 16 to 1,000,000.</summary>
    [Range(16, 1_000_000)]
    public int MaxWaitingObservations { get; set; } = 4_096;
}
