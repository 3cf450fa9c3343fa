using System.ComponentModel.DataAnnotations;

namespace WinBack.Adapters.Redis;

/// <summary>How Redis is reached, and how long things are kept there.</summary>
public sealed class RedisOptions
{
    public const string Section = "Redis";

    /// <summary>StackExchange.Redis configuration, e.g. "127.0.0.1:6379".</summary>
    [Required]
    public string Configuration { get; set; } = "127.0.0.1:6379";

    /// <summary>Taken instead of one in <see cref="Configuration"/>, so that it can be a secret of its own. Default none.</summary>
    public string Password { get; set; } = "";

    /// <summary>Time limit of one command. Default 1 s; 10 ms to 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Added to Redis TIME by every script that reads a clock: 0 in production, the distance to the past on a replay
    /// clock. The service's TimeProvider must have the same offset.
    /// </summary>
    public TimeSpan ClockOffset { get; set; } = TimeSpan.Zero;

    /// <summary>How long a decision can be read, confirmed and retried. Default 35 days; 1 hour to 400 days.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "400.00:00:00")]
    public TimeSpan DecisionRetention { get; set; } = TimeSpan.FromDays(35);

    /// <summary>
    /// The same for a decision to send nothing: nobody confirms it, and most decisions are of that kind, so it is kept
    /// for retries and questions only. Default 2 days; 1 minute to 400 days.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "400.00:00:00")]
    public TimeSpan NoActionRetention { get; set; } = TimeSpan.FromDays(2);

    /// <summary>
    /// How many of a customer's latest decisions ListDecisions, ExportCustomer and EraseCustomer know of; older ones go with
    /// their retention. Default 200; 1 to 10,000.
    /// </summary>
    [Range(1, 10_000)]
    public int ListedDecisions { get; set; } = 200;
}
