using System.ComponentModel.DataAnnotations;

namespace WinBack.Core.State;

/// <summary>
/// Settings of the fold. They are part of what a replay must know: change one, and the states of old and new events
/// differ, so a change starts a new lineage (docs/OPERATIONS.md).
/// </summary>
public sealed class FoldOptions
{
    public const string Section = "Fold";

    /// <summary>Event time this far behind the record time stamp is late. Default 2 days; 1 minute to 30 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan Horizon { get; set; } = TimeSpan.FromDays(2);

    /// <summary>Event time further ahead of the record time stamp is quarantined. Default 5 minutes; 0 to 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan FutureTolerance { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Event ids kept per customer and stream. Default 1,024; 16 to 65,536.</summary>
    [Range(16, 65_536)]
    public int MaxRecentIds { get; set; } = 1_024;

    /// <summary>ISO 4217 code of all amounts; events in another currency become dead letters. Default GBP.</summary>
    [RegularExpression("^[A-Z]{3}$")]
    public string Currency { get; set; } = "GBP";
}
