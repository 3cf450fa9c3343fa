using WinBack.Adapters;
using WinBack.Adapters.Redis;
using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Events;

namespace WinBack.IntegrationTests.Caps;

/// <summary>Reads the customer before it reserves, as serving does: what the caps say is then foreseen, where that can be.</summary>
/// <param name="clock">Of the plans.</param>
internal sealed class ReadFirstStore(DecisionStore store, Func<DateTimeOffset> clock) : IDecisionStore
{
    /// <summary>Runs between reading and reserving.</summary>
    internal Func<Task> BetweenReadAndReserve { get; set; } = () => Task.CompletedTask;

    public Task<CustomerSnapshot> ReadAsync(CustomerId customer, CancellationToken cancellationToken = default) =>
        store.ReadAsync(customer, cancellationToken);

    public async Task<ReserveReply> ReserveAsync(DecisionPlan plan, CancellationToken cancellationToken = default)
    {
        CustomerSnapshot read = await store.ReadAsync(plan.Customer, cancellationToken);
        DecisionPlan planned = plan with
        {
            DecideTime = clock(), Touches = read.Caps, Inputs = plan.Inputs ?? new DecisionInputs([], read.Source),
        };
        await BetweenReadAndReserve();
        return await store.ReserveAsync(planned, cancellationToken);
    }

    public Task<ConfirmReply> ConfirmAsync(DecisionId id, CancellationToken cancellationToken = default) =>
        store.ConfirmAsync(id, cancellationToken);

    public Task<ReleaseReply> ReleaseAsync(DecisionId id, CancellationToken cancellationToken = default) =>
        store.ReleaseAsync(id, cancellationToken);

    public Task<int> HearAsync(
        CustomerId customer, IReadOnlyList<TouchOutcome> outcomes, CancellationToken cancellationToken = default) =>
        store.HearAsync(customer, outcomes, cancellationToken);

    public Task<Decision?> GetAsync(DecisionId id, CancellationToken cancellationToken = default) => store.GetAsync(id, cancellationToken);
}
