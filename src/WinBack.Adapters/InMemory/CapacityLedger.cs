using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Capacities;

namespace WinBack.Adapters.InMemory;

/// <summary>
/// What was spent of scarce capacities, in this process: whatever is reserved, or confirmed and did not fail, and nothing else.
/// It is what leases come to in Redis. Not thread-safe.
/// </summary>
internal sealed class CapacityLedger
{
    private readonly Dictionary<string, List<Spender>> _spenders = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, Spender> _byRequest = [];

    internal void Add(Decision decision)
    {
        if (decision.Chosen is not { Capacities.Count: > 0 } chosen) return;
        var spender = new Spender(decision);
        _byRequest.Add(decision.Id!.Value.Request, spender);
        foreach (CapacityUse use in chosen.Capacities) SpendersOf(use.Key).Add(spender);
    }

    /// <summary>As of a confirmed touch: before the confirmation nothing was sent, so nothing can have failed.</summary>
    internal void Hear(TouchOutcome outcome, Func<DecisionId, DecisionStatus> statusOf)
    {
        if (_byRequest.TryGetValue(outcome.Request, out Spender? spender) && statusOf(spender.Id) == DecisionStatus.Confirmed)
            spender.Heard |= outcome.Evidence;
    }

    /// <summary>The candidates for which there are too few units, and when enough come back.</summary>
    internal List<CapacityShortage> ShortagesOf(DecisionPlan plan, Func<DecisionId, DecisionStatus> statusOf, DateTimeOffset now)
    {
        var shortages = new List<CapacityShortage>();
        foreach (Candidate candidate in plan.Ranking)
        {
            foreach (CapacityUse use in candidate.Capacities)
            {
                CapacityQuote quote = QuoteOf(use, statusOf, now);
                if (quote.Left >= use.Units) continue;
                shortages.Add(
                    new CapacityShortage(candidate.Action, use.Key, quote.Left, CapacityQuote.TimeFor(use.Units, quote.Left, quote.Returns)));
            }
        }

        return shortages;
    }

    /// <summary>All that can be known; without a price.</summary>
    internal CapacityQuote QuoteOf(CapacityUse use, Func<DecisionId, DecisionStatus> statusOf, DateTimeOffset now)
    {
        long left = use.Limit;
        var returns = new List<CapacityReturn>();
        foreach (Spender spender in SpendersOf(use.Key))
        {
            DecisionStatus status = statusOf(spender.Id);
            if (!spender.Holds(status, now)) continue;
            long units = spender.UnitsOf(use.Key);
            left -= units;
            if (status != DecisionStatus.Confirmed) returns.Add(new CapacityReturn(spender.ExpireTime, units));
        }

        returns.Sort((one, other) => one.Time.CompareTo(other.Time));
        return new CapacityQuote(use.Key, left, 0) { AskedUnits = use.Limit, Returns = returns };
    }

    private List<Spender> SpendersOf(string key)
    {
        if (!_spenders.TryGetValue(key, out List<Spender>? spenders)) _spenders.Add(key, spenders = []);
        return spenders;
    }

    private sealed class Spender(Decision decision)
    {
        internal DecisionId Id => decision.Id!.Value;

        /// <summary>In whole milliseconds, as decisions are made.</summary>
        internal DateTimeOffset ExpireTime { get; } = CapTime.ToWholeMillisecond(decision.ReservationExpireTime!.Value);

        internal TouchEvidence Heard { get; set; }

        internal bool Holds(DecisionStatus status, DateTimeOffset now) => status switch
        {
            DecisionStatus.Reserved => true,
            DecisionStatus.Expired => now < ExpireTime,
            DecisionStatus.Confirmed => CountedTouch.HasLeft(Heard),
            _ => false,
        };

        internal long UnitsOf(string key) => decision.Chosen!.Capacities.First(use => use.Key == key).Units;
    }
}
