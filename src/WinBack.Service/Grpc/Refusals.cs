using Grpc.Core;
using WinBack.Core.Decisions;
using WinBack.Service.Grpc.Errors;

namespace WinBack.Service.Grpc;

/// <summary>Why a confirmation or a release was not done, as a status with a stable reason.</summary>
internal static class Refusals
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(50);

    internal static RpcException NotFound(DecisionId id) =>
        RpcErrors.NotFound("DECISION_NOT_FOUND", $"decision_id: there is no decision '{id}', or it is too old to be kept");

    internal static RpcException Of(ConfirmOutcome outcome, DecisionId id) => outcome switch
    {
        ConfirmOutcome.NotFound => NotFound(id),
        ConfirmOutcome.NothingReserved => NothingReserved(id),
        ConfirmOutcome.Released => Refuse("DECISION_RELEASED", id, "was released; decide again with a new request_id"),
        ConfirmOutcome.Expired => Expired(id),
        ConfirmOutcome.CustomerErased => Refuse("CUSTOMER_ERASED", id, "is void: the customer asked to be forgotten; do not send"),
        ConfirmOutcome.ConsentWithdrawn => Refuse("CONSENT_WITHDRAWN", id, "is void: consent for the channel was withdrawn; do not send"),
        ConfirmOutcome.AddressBounced => Refuse("ADDRESS_BOUNCED", id, "is void: the address bounced; do not send"),
        ConfirmOutcome.Reengaged => Refuse("CUSTOMER_REENGAGED", id, "is void: the customer came back; do not send"),
        ConfirmOutcome.WindowClosed => Refuse(
            "SEND_WINDOW_CLOSED", id, "cannot be sent now: its send window has closed; confirm it when the window opens, or release it"),
        ConfirmOutcome.StateChanging => RpcErrors.Unavailable(
            "STATE_CHANGING", $"decision '{id}': the customer's state keeps changing; confirm again", RetryDelay),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "is no refusal"),
    };

    internal static RpcException Of(ReleaseOutcome outcome, DecisionId id) => outcome switch
    {
        ReleaseOutcome.NotFound => NotFound(id),
        ReleaseOutcome.NothingReserved => NothingReserved(id),
        ReleaseOutcome.Confirmed => Refuse("DECISION_CONFIRMED", id, "was confirmed; what was sent stays counted"),
        ReleaseOutcome.Expired => Expired(id),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "is no refusal"),
    };

    private static RpcException NothingReserved(DecisionId id) =>
        Refuse("NOTHING_RESERVED", id, "is NO_ACTION: there is nothing to confirm or release");

    private static RpcException Expired(DecisionId id) =>
        Refuse("RESERVATION_EXPIRED", id, "expired and its places were given back; decide again with a new request_id");

    private static RpcException Refuse(string reason, DecisionId id, string why) =>
        RpcErrors.FailedPrecondition(reason, $"decision '{id}' {why}");
}
