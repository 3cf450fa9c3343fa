using WinBack.Core.Events;
using WinBack.Core.State;

namespace WinBack.Core.Decisions;

/// <summary>
/// The event path, record -> state, as a pure function of the record and the customer's state:
/// <list type="number">
/// <item>a record that could not be decoded is a dead letter;</item>
/// <item>an event from the future is a dead letter too (quarantined), so that no wrong clock rolls a window;</item>
/// <item>an erased customer stays erased;</item>
/// <item>a kind of event that is not known is counted and passed over;</item>
/// <item>an event behind the horizon is late; erasure and permission still take effect, for those may be folded twice;</item>
/// <item>an event id seen before is a duplicate;</item>
/// <item>the rest is folded.</item>
/// </list>
/// Offsets, storage and the topics for late and dead records are the caller's; serving, `winback replay` and
/// `winback dataset` all run this class.
/// </summary>
public sealed class EventPipeline(FoldOptions options)
{
    private readonly long _horizonMs = (long)options.Horizon.TotalMilliseconds;

    /// <summary>False only in tests, to see that they fail when duplicates are folded.</summary>
    internal bool DropsDuplicates { get; init; } = true;

    /// <summary>Whether a record of this outcome may have changed its customer's state, which is to be stored then.</summary>
    public static bool ChangesState(FoldOutcome outcome) =>
        outcome is FoldOutcome.Folded or FoldOutcome.Late or FoldOutcome.Duplicate;

    /// <summary>Judges what can be told from the record alone; null when the state has to be asked.</summary>
    /// <param name="record">A decoded record; its fault is updated when the event is from the future.</param>
    public FoldOutcome? Screen(ref EventRecord record)
    {
        // Step 1
        if (record.Fault != RecordFault.None) return FoldOutcome.DeadLetter;

        // Step 2
        TimeSpan ahead = record.Event!.EventTime - record.IngestTime;
        if (ahead <= options.FutureTolerance) return null;
        record = record with
        {
            Fault = RecordFault.FutureEvent,
            FaultDetail = $"event_time is {ahead} ahead of the record time stamp; up to {options.FutureTolerance} is allowed",
        };
        return FoldOutcome.DeadLetter;
    }

    /// <summary>Folds a record that passed <see cref="Screen"/> into the state of its customer.</summary>
    public FoldOutcome Fold(in EventRecord record, CustomerState state)
    {
        CustomerEvent e = record.Event!;

        // Step 3
        if (state.IsErased) return FoldOutcome.Erased;

        // Step 4
        if (e.Payload is UnknownPayload) return FoldOutcome.UnknownKind;

        // Step 5
        long timeMs = e.EventTime.ToUnixTimeMilliseconds();
        RecentIds recent = state.RecentOrNew(record.Stream);
        recent.Advance(record.IngestTime.ToUnixTimeMilliseconds(), _horizonMs);
        if (timeMs < recent.FloorMs)
        {
            if (CustomerFold.IsIdempotent(e.Payload)) CustomerFold.Apply(state, e);
            return FoldOutcome.Late;
        }

        // Step 6
        if (DropsDuplicates && recent.Contains(e.Id.Hash)) return FoldOutcome.Duplicate;

        // Step 7
        recent.Add(timeMs, e.Id.Hash, options.MaxRecentIds);
        CustomerFold.Apply(state, e);
        return FoldOutcome.Folded;
    }
}
