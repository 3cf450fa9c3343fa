using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.State;

namespace WinBack.Tests.State;

/// <summary>One customer, and events put into its state one by one.</summary>
internal sealed class FoldBench(FoldOptions options)
{
    internal static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly EventPipeline _pipeline = new(options);
    private int _nextId;

    internal FoldBench()
        : this(new FoldOptions())
    {
    }

    internal CustomerState State { get; set; } = new();

    internal byte[] Blob => new StateCodec().Encode(State).ToArray();

    /// <summary>Folds an event that happens and arrives at the same time.</summary>
    internal FoldOutcome Add(EventPayload payload, DateTimeOffset at, EventStream stream = EventStream.Engagement) => Add(
        payload, at, at, stream);

    /// <param name="id">Null for one of its own.</param>
    internal FoldOutcome Add(
        EventPayload payload,
        DateTimeOffset happened,
        DateTimeOffset arrived,
        EventStream stream = EventStream.Engagement,
        string? id = null)
    {
        var e = new CustomerEvent(new EventId(id ?? $"e{_nextId++}"), new CustomerId("c"), happened, "", payload);
        var record = new EventRecord(stream, 0, 0, arrived, e);
        return _pipeline.Screen(ref record) ?? _pipeline.Fold(record, State);
    }

    internal static BillingPayload Purchase(long micros, long items = 1) => new(
        BillingKind.Purchase, micros, items, "", "", "", null);
}
