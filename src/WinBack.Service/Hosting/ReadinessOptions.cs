using System.ComponentModel.DataAnnotations;

namespace WinBack.Service.Hosting;

/// <summary>From when on this process counts as ready.</summary>
public sealed class ReadinessOptions
{
    public const string Section = "Readiness";

    /// <summary>
    /// A process that ingests is not ready before at most so many records of its partitions were left to fold. Default 10,000; 0 to
    /// 1,000,000,000.
    /// </summary>
    [Range(0, 1_000_000_000)]
    public int StartLag { get; set; } = 10_000;
}
