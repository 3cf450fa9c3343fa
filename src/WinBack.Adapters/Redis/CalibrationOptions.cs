using System.ComponentModel.DataAnnotations;

namespace WinBack.Adapters.Redis;

/// <summary>How predictions that were served are kept until it is known what became true, and compared with it.</summary>
public sealed class CalibrationOptions
{
    public const string Section = "Calibration";

    /// <summary>
    /// Labels count for so long after they are known; and each customer's predictions are kept on one day in as many, so that
    /// nobody counts twice. Whole days count. Default 28 days; 1 day to 366 days.
    /// </summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "366.00:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromDays(28);

    /// <summary>
    /// Longest horizon of a model: predictions are kept for it, and models of a longer one are not measured. Default 90 days;
    /// 1 day to 400 days.
    /// </summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "400.00:00:00")]
    public TimeSpan MaxHorizon { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Predictions kept of one day, over all partitions, at least one in each. Default 500; 1 to 1,000,000.</summary>
    [Range(1, 1_000_000)]
    public int SamplesPerDay { get; set; } = 500;

    /// <summary>How often ingest notes how far it has folded, and the nodes together measure. Default 5 minutes; 100 ms to 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan Period { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Length of the cycle of <see cref="Core.Models.SampleDays"/>.</summary>
    internal int WindowDays => (int)Window.TotalDays;

    /// <summary>Predictions kept of one day in each partition.</summary>
    internal int PerPartition(int partitionCount) => (SamplesPerDay + partitionCount - 1) / partitionCount;

    /// <summary>Days of samples that may still count.</summary>
    /// <param name="settling">See <see cref="Core.State.FoldOptions.Horizon"/>.</param>
    internal int KeptDays(TimeSpan settling) => (int)Math.Ceiling((MaxHorizon + Window + settling).TotalDays) + 1;
}
