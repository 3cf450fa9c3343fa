using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.State;

namespace WinBack.Adapters.Wire;

/// <summary>Folds events that are only assumed into a state, by the rules of the event path. None of them is late.</summary>
public static class AssumedEvents
{
    /// <param name="events">Of this customer, in any order; event_id and customer_id may be empty.</param>
    /// <param name="fail">Told of every event that cannot be folded, by its place: what is wrong, naming the field and the fix.</param>
    public static void Fold(
        CustomerState state, CustomerId customer, IReadOnlyList<V1.CustomerEvent> events, FoldOptions options, Action<int, string> fail)
    {
        var pipeline = new EventPipeline(options);
        foreach (int at in Enumerable.Range(0, events.Count).OrderBy(i => events[i].EventTime?.ToDateTimeOffset() ?? default))
        {
            V1.CustomerEvent message = events[at].Clone();
            if (message.EventId.Length == 0) message.EventId = $"assumed-{at}";
            if (message.CustomerId.Length == 0) message.CustomerId = customer.Value;
            if (message.CustomerId != customer.Value) fail(at, "customer_id is of somebody else; leave it out");
            else if (EventMapper.ToCore(message, options.Currency, out CustomerEvent? e) is { } wrong) fail(at, wrong);
            else pipeline.Fold(new EventRecord(EventRouting.StreamOf(message), 0, at, e!.EventTime, e), state);
        }
    }
}
