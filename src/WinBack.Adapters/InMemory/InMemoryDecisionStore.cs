using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Policy;
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

    /// <summary>Decisions that took of a scarce capacity, by capacity and period.</summary>
    private readonly Dictionary<string, List<Stored>> _spenders = new(StringComparer.Ordinal);

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
            // Decisions are kept for good here, and the touches have changed by then.
            plan = UnitsShort.Without(plan, ShortagesOf(plan)) with { Touches = null };
            var stored = new Stored(plan, Reservation.Reserve(plan, CapsOf(plan.Customer), clock.GetUtcNow()));
            _decisions.Add(id, stored);
            foreach (CapacityUse use in stored.Decision.Chosen?.Capacities ?? []) SpendersOf(use.Key).Add(stored);
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
            return Task.FromResult(outcomes.Count(caps.Hear));
        }
    }

    public Task<Decision?> GetAsync(DecisionId id, CancellationToken cancellationToken = default)
    {
        lock (_lock) return Task.FromResult(_decisions.TryGetValue(id, out Stored? stored) ? Current(stored) : null);
    }

    /// <summary>Whatever is reserved or confirmed counts, and nothing else: what leases come to in Redis.</summary>
    private List<CapacityShortage> ShortagesOf(DecisionPlan plan)
    {
        var shortages = new List<CapacityShortage>();
        foreach (Candidate candidate in plan.Ranking)
        {
            foreach (CapacityUse use in candidate.Capacities)
            {
                long left = use.Limit - SpentOf(use.Key);
                if (left >= use.Units) continue;
                shortages.Add(new CapacityShortage(candidate.Action, use.Key, left));
                break;
            }
        }

        return shortages;
    }

    private long SpentOf(string key)
    {
        long spent = 0;
        foreach (Stored stored in SpendersOf(key))
            if (Current(stored).Status is DecisionStatus.Reserved or DecisionStatus.Confirmed)
                spent += stored.Decision.Chosen!.Capacities.First(use => use.Key == key).Units;
        return spent;
    }

    private List<Stored> SpendersOf(string key)
    {
        if (!_spenders.TryGetValue(key, out List<Stored>? spenders)) _spenders.Add(key, spenders = []);
        return spenders;
    }

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
