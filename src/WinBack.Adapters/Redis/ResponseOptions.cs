using System.ComponentModel.DataAnnotations;

namespace WinBack.Adapters.Redis;

/// <summary>How responses to touches are counted and learnt from.</summary>
public sealed class ResponseOptions
{
    public const string Section = "Responses";

    /// <summary>
    /// A return within this time after the decision is its answer; decisions are learnt from when it has passed. Below the
    /// retention of decisions. Default 30 days; 1 hour to 365 days.
    /// </summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Decisions older than this and the window are not learnt from any more. Default 180 days; 1 day to 400 days.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "400.00:00:00")]
    public TimeSpan History { get; set; } = TimeSpan.FromDays(180);

    /// <summary>How often a service node reads the counts. Default 1 minute; 100 ms to 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromMinutes(1);
}
