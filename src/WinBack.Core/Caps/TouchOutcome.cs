using WinBack.Core.Events;
using WinBack.Core.Policy;

namespace WinBack.Core.Caps;

/// <summary>What an outcome event says of a touch, for the caps that count more than reservations.</summary>
/// <param name="Request">Of the decision.</param>
/// <param name="TimeMicros">When it happened, in microseconds since 1970.</param>
/// <param name="EventHash">Of the event id: tells impressions apart.</param>
public readonly record struct TouchOutcome(Guid Request, TouchEvidence Evidence, long TimeMicros, ulong EventHash)
{
    /// <summary>Null for an outcome that says nothing of the touch: whoever comes back, or goes, may not have read it.</summary>
    /// <param name="request">Of the decision that the event names.</param>
    public static TouchOutcome? Of(Guid request, CustomerEvent e) =>
        e.Payload is OutcomePayload outcome && EvidenceOf(outcome.Kind) is var evidence && evidence != TouchEvidence.None
            ? new TouchOutcome(request, evidence, Math.Max(0, CapTime.ToMicros(e.EventTime)), e.Id.Hash)
            : null;

    private static TouchEvidence EvidenceOf(OutcomeKind kind) => kind switch
    {
        OutcomeKind.Sent => TouchEvidence.Sent,
        OutcomeKind.Delivered or OutcomeKind.Opened or OutcomeKind.Clicked or OutcomeKind.Replied => TouchEvidence.Delivered,
        OutcomeKind.Impression => TouchEvidence.Shown,
        OutcomeKind.Failed => TouchEvidence.Failed,
        _ => TouchEvidence.None,
    };
}
