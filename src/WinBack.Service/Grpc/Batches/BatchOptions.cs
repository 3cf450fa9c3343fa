using System.ComponentModel.DataAnnotations;

namespace WinBack.Service.Grpc.Batches;

/// <summary>How much of one caller's work is under way at a time, where one call carries many requests.</summary>
public sealed class BatchOptions
{
    public const string Section = "Batches";

    /// <summary>Requests of one batch that are under way together. Default 64; 1 to 1,000.</summary>
    [Range(1, 1_000)]
    public int BatchInFlight { get; set; } = 64;

    /// <summary>Requests of one stream that are read and not yet answered. Default 256; 1 to 10,000.</summary>
    [Range(1, 10_000)]
    public int StreamInFlight { get; set; } = 256;
}
