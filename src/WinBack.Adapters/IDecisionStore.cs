using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Events;

namespace WinBack.Adapters;

/// <summary>
/// Keeps decisions and the places they hold under the caps. Every call may throw <see cref="StoreUnavailableException"/>,
/// within the store's time limit; then it is not known whether the call took effect, and repeating it is safe.
/// </summary>
public interface IDecisionStore
{
    /// <summary>State and caps of a customer, in one round trip.</summary>
    Task<CustomerSnapshot> ReadAsync(CustomerId customer, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes places for the first candidate of the plan that all its caps allow, keeps the decision under its request
    /// id and appends it to the outbox: all or nothing, in one round trip. A plan without candidates is kept alike.
    /// </summary>
    /// <param name="plan">Not a preview.</param>
    Task<ReserveReply> ReserveAsync(DecisionPlan plan, CancellationToken cancellationToken = default);

    /// <summary>Takes the places for good, unless a fence (see <see cref="Fence"/>) or time stands against it. Idempotent.</summary>
    Task<ConfirmReply> ConfirmAsync(DecisionId id, CancellationToken cancellationToken = default);

    /// <summary>Gives the places back. Idempotent.</summary>
    Task<ReleaseReply> ReleaseAsync(DecisionId id, CancellationToken cancellationToken = default);

    /// <summary>Corrects what caps count by outcomes of the customer's touches. Idempotent, and their order does not matter.</summary>
    /// <returns>How many were of touches under caps that count outcomes.</returns>
    Task<int> HearAsync(CustomerId customer, IReadOnlyList<TouchOutcome> outcomes, CancellationToken cancellationToken = default);

    /// <summary>Null when there is no such decision, or it is too old to be kept.</summary>
    Task<Decision?> GetAsync(DecisionId id, CancellationToken cancellationToken = default);
}
