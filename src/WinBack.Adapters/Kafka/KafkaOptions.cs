using System.ComponentModel.DataAnnotations;

namespace WinBack.Adapters.Kafka;

/// <summary>How Kafka is reached and read.</summary>
public sealed class KafkaOptions
{
    public const string Section = "Kafka";

    /// <summary>Comma-separated host:port.</summary>
    [Required]
    public string BootstrapServers { get; set; } = "127.0.0.1:9092";

    /// <summary>Consumer group of all ingest replicas.</summary>
    [Required]
    public string GroupId { get; set; } = "winback-ingest";

    public TopicOptions Topics { get; set; } = new();

    /// <summary>A worker not heard of for so long loses its partitions. Default 10 s; 1 s to 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan SessionTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a poll waits for the first record, and the broker for a fetch. Default 10 ms; 1 ms to 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:01")]
    public TimeSpan PollWait { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Records of one poll, over all partitions. Default 4,000; 1 to 100,000.</summary>
    [Range(1, 100_000)]
    public int MaxPollRecords { get; set; } = 4_000;

    /// <summary>Customers of one chunk, so that a script stays short. Default 64; 1 to 512.</summary>
    [Range(1, 512)]
    public int MaxChunkCustomers { get; set; } = 64;

    /// <summary>States kept, over all partitions of a worker, as long as in Redis. Default 200,000; 0 to 10,000,000.</summary>
    [Range(0, 10_000_000)]
    public int MaxCachedStates { get; set; } = 200_000;

    /// <summary>How often an idle partition's watermark is compared with Redis. Default 1 s; 10 ms to 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan WatermarkCheck { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often decisions are taken from the outbox to the decisions topic. Default 100 ms; 10 ms to 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan OutboxPeriod { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Further librdkafka settings for consumer and producer, e.g. security.protocol.</summary>
    public Dictionary<string, string> Client { get; set; } = [];
}
