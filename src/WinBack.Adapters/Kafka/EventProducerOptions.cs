using System.ComponentModel.DataAnnotations;

namespace WinBack.Adapters.Kafka;

/// <summary>How <see cref="EventProducer"/> sends.</summary>
public sealed class EventProducerOptions
{
    public const string Section = "EventProducer";

    /// <summary>Records sent and not yet acknowledged; a sender waits beyond. Default 100,000; 1 to 1,000,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxInFlight { get; set; } = 100_000;

    /// <summary>How long a batch waits for more records. Default 20 ms; 0 to 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan Linger { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Values as JSON with a content-type header, instead of protobuf without one.</summary>
    public bool IsJson { get; set; }
}
