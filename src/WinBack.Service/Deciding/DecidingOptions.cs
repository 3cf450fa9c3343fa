using System.ComponentModel.DataAnnotations;

namespace WinBack.Service.Deciding;

/// <summary>
/// How many decisions are under way at once in this process. What is under way shares processors and the connection to Redis: beyond
/// some number more of it makes every one slower, until callers give up on answers that are still being made.
/// </summary>
public sealed class DecidingOptions
{
    public const string Section = "Deciding";

    /// <summary>Calls of their own. Default 128; 1 to 100,000.</summary>
    [Range(1, 100_000)]
    public int MaxUnderWay { get; set; } = 128;

    /// <summary>Calls of their own that wait for one of these places; more are refused at once. Default 512; 0 to 1,000,000.</summary>
    [Range(0, 1_000_000)]
    public int MaxWaiting { get; set; } = 512;

    /// <summary>Requests of all batches and streams together; these wait and are never refused. Default 256; 1 to 100,000.</summary>
    [Range(1, 100_000)]
    public int MaxUnderWayOfMany { get; set; } = 256;
}
