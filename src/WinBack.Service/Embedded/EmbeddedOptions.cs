using System.ComponentModel.DataAnnotations;

namespace WinBack.Service.Embedded;

/// <summary>How the embedded role starts its broker and its Redis.</summary>
public sealed class EmbeddedOptions
{
    public const string Section = "Embedded";

    /// <summary>Partitions of every event topic. Default 8; 1 to 1,000.</summary>
    [Range(1, 1_000)]
    public int Partitions { get; set; } = 8;

    /// <summary>GarnetServer.dll, used when there is no redis-server on the PATH. Default none.</summary>
    public string GarnetPath { get; set; } = "";
}
