using System.ComponentModel.DataAnnotations;
using WinBack.Core.Events;

namespace WinBack.Adapters.Kafka;

/// <summary>The names of the topics.</summary>
public sealed class TopicOptions
{
    [Required]
    public string Usage { get; set; } = "usage";

    [Required]
    public string Login { get; set; } = "login";

    [Required]
    public string Billing { get; set; } = "billing";

    [Required]
    public string Engagement { get; set; } = "engagement";

    [Required]
    public string Outcome { get; set; } = "outcome";

    /// <summary>Records that cannot be folded, with the reason in their headers.</summary>
    [Required]
    public string DeadLetter { get; set; } = "dead-letter";

    /// <summary>Records behind the horizon.</summary>
    [Required]
    public string Late { get; set; } = "late";

    /// <summary>Every decision, with what it was made from.</summary>
    [Required]
    public string Decisions { get; set; } = "decisions";

    /// <summary>Product updates, compacted. It may be absent: then there are none.</summary>
    [Required]
    public string Catalogue { get; set; } = "catalogue";

    public string Of(EventStream stream) => stream switch
    {
        EventStream.Usage => Usage,
        EventStream.Login => Login,
        EventStream.Billing => Billing,
        EventStream.Engagement => Engagement,
        EventStream.Outcome => Outcome,
        _ => throw new ArgumentOutOfRangeException(nameof(stream), stream, "no such stream"),
    };

    /// <summary>Event topics first, in the order of their streams.</summary>
    public IReadOnlyList<string> All() => [.. EventStreams.All.Select(Of), DeadLetter, Late, Decisions];
}
