using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Policy.Capacities;

namespace WinBack.Adapters.InMemory;

/// <summary>
/// The decision store of replay, simulation and tests: the same answers as the one in Redis, in this process. One lock
/// stands for what is atomic there.
/// </summary>
/// <param name="readState">State blob of a customer; null when there is none.</param>
/// <param name="clock">Stands for the Redis clock.</param>
public sealed class InMemoryDecisionStore(Func<CustomerId, byte[]?> readState, TimeProvider clock) : IDecisionStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<CustomerId, CapLedger> _caps = [];
    private readonly Dictionary<DecisionId, Stored> _decisions = [];
    private readonly List<DecisionId> _outbox = [];
    private readonly CapacityLedger _capacities = new();

    /// <summary>The decisions made, oldest first.</summary>
    public IReadOnlyList<DecisionId> Outbox
    {
        get
        {
            lock (_lock) return _outbox.ToArray();
        }
    }

    public Task<CustomerSnapshot> ReadAsync(CustomerId customer, CancellationToken cancellationToken = default)
    {
        lock (_lock) return Task.FromResult(CustomerSnapshot.Of(readState(customer), CapsOf(customer).Copy()));
    }

    public Task<ReserveReply> ReserveAsync(DecisionPlan plan, CancellationToken cancellationToken = default)
    {
        DecisionId id = plan.Id ?? throw new ArgumentException("a preview is not reserved", nameof(plan));
        lock (_lock)
        {
            if (_decisions.TryGetValue(id, out Stored? known))
                return Task.FromResult(known.Plan.RequestHash == plan.RequestHash
                    ? new ReserveReply(ReserveOutcome.Repeated, Current(known))
                    : new ReserveReply(ReserveOutcome.RequestIdReused, null));
            CapLedger caps = CapsOf(plan.Customer);
            // Decisions are kept for good here, and the touches have changed by then.
            plan = UnitsShort.Without(plan, _capacities.ShortagesOf(plan, StatusOf, clock.GetUtcNow()), caps) with { Touches = null };
            var stored = new Stored(plan, Reservation.Reserve(plan, caps, clock.GetUtcNow()));
            _decisions.Add(id, stored);
            _capacities.Add(stored.Decision);
            _outbox.Add(id);
            return Task.FromResult(new ReserveReply(ReserveOutcome.Decided, stored.Decision));
        }
    }

    public Task<ConfirmReply> ConfirmAsync(DecisionId id, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (!_decisions.TryGetValue(id, out Stored? stored))
                return Task.FromResult(new ConfirmReply(ConfirmOutcome.NotFound, null));
            Decision decision = Current(stored);
            ConfirmOutcome outcome = decision.Status switch
            {
                DecisionStatus.None => ConfirmOutcome.NothingReserved,
                DecisionStatus.Released => ConfirmOutcome.Released,
                DecisionStatus.Expired => ConfirmOutcome.Expired,
                DecisionStatus.Confirmed => ConfirmOutcome.Confirmed,
                _ => Fence.Check(decision, CustomerSnapshot.Of(readState(decision.Customer), CapLedger.Empty).State, clock.GetUtcNow()),
            };
            if (outcome == ConfirmOutcome.Confirmed && decision.Status == DecisionStatus.Reserved)
            {
                CapLedger caps = CapsOf(decision.Customer);
                caps.Confirm(id.Request, caps.Advance(clock.GetUtcNow()));
                stored.Become(DecisionStatus.Confirmed);
            }

            return Task.FromResult(new ConfirmReply(outcome, stored.Decision));
        }
    }

    public Task<ReleaseReply> ReleaseAsync(DecisionId id, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (!_decisions.TryGetValue(id, out Stored? stored))
                return Task.FromResult(new ReleaseReply(ReleaseOutcome.NotFound, null));
            ReleaseOutcome outcome = Current(stored).Status switch
            {
                DecisionStatus.None => ReleaseOutcome.NothingReserved,
                DecisionStatus.Confirmed => ReleaseOutcome.Confirmed,
                DecisionStatus.Expired => ReleaseOutcome.Expired,
                _ => ReleaseOutcome.Released,
            };
            if (stored.Decision.Status == DecisionStatus.Reserved)
            {
                CapLedger caps = CapsOf(stored.Decision.Customer);
                caps.Release(id.Request, caps.Advance(clock.GetUtcNow()));
                stored.Become(DecisionStatus.Released);
            }

            return Task.FromResult(new ReleaseReply(outcome, stored.Decision));
        }
    }

    public Task<int> HearAsync(
        CustomerId customer, IReadOnlyList<TouchOutcome> outcomes, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            CapLedger caps = CapsOf(customer);
            if (outcomes.Any(outcome => caps.CountedTouches.ContainsKey(outcome.Request))) caps.Advance(clock.GetUtcNow());
            foreach (TouchOutcome outcome in outcomes) _capacities.Hear(outcome, StatusOf);
            return Task.FromResult(outcomes.Count(caps.Hear));
        }
    }

    public Task<Decision?> GetAsync(DecisionId id, CancellationToken cancellationToken = default)
    {
        lock (_lock) return Task.FromResult(_decisions.TryGetValue(id, out Stored? stored) ? Current(stored) : null);
    }

    /// <summary>What is left of a scarce capacity, and when more comes back; without a price.</summary>
    public CapacityQuote QuoteOf(CapacityUse use)
    {
        lock (_lock) return _capacities.QuoteOf(use, StatusOf, clock.GetUtcNow());
    }

    private DecisionStatus StatusOf(DecisionId id) => Current(_decisions[id]).Status;

    private CapLedger CapsOf(CustomerId customer)
    {
        if (!_caps.TryGetValue(customer, out CapLedger? caps)) _caps.Add(customer, caps = CapLedger.Empty);
        return caps;
    }

    /// <summary>The decision as of now: a reservation that is open no more, and was not settled, has expired.</summary>
    private Decision Current(Stored stored)
    {
        if (stored.Decision.Status == DecisionStatus.Reserved)
        {
            CapLedger caps = CapsOf(stored.Decision.Customer);
            caps.Advance(clock.GetUtcNow());
            if (!caps.IsOpen(stored.Decision.Id!.Value.Request)) stored.Become(DecisionStatus.Expired);
        }

        return stored.Decision;
    }

    private sealed class Stored(DecisionPlan plan, ReserveResult result)
    {
        internal DecisionPlan Plan => plan;

        internal Decision Decision { get; private set; } = DecisionPipeline.Conclude(plan, result);

        internal void Become(DecisionStatus status) => Decision = DecisionPipeline.Conclude(plan, result with { Status = status });
    }
}
