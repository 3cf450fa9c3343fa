using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Capacities;

namespace WinBack.Adapters.InMemory;

/// <summary>
/// What was spent of scarce capacities, in this process: whatever is reserved, or confirmed and did not fail, and nothing else.
/// It is what leases come to in Redis. What was confirmed is counted once, so that only reservations are looked through. Not
/// thread-safe.
/// </summary>
internal sealed class CapacityLedger
{
    private readonly Dictionary<string, Period> _periods = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, Spender> _byRequest = [];

    internal void Add(Decision decision)
    {
        if (decision.Chosen is not { Capacities.Count: > 0 } chosen) return;
        var spender = new Spender(decision);
        _byRequest.Add(decision.Id!.Value.Request, spender);
        foreach (CapacityUse use in chosen.Capacities) PeriodOf(use.Key).Open.Add(spender);
    }

    /// <summary>As of a confirmed touch: before the confirmation nothing was sent, so nothing can have failed.</summary>
    internal void Hear(TouchOutcome outcome, Func<DecisionId, DecisionStatus> statusOf)
    {
        if (!_byRequest.TryGetValue(outcome.Request, out Spender? spender) || statusOf(spender.Id) != DecisionStatus.Confirmed) return;
        bool hadLeft = spender.HasLeft;
        spender.Heard |= outcome.Evidence;
        if (spender.HasLeft == hadLeft) return;
        foreach (CapacityUse use in spender.Uses)
        {
            Period period = PeriodOf(use.Key);
            if (!period.Open.Contains(spender)) period.Confirmed += hadLeft ? -use.Units : use.Units;
        }
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
        Period period = PeriodOf(use.Key);
        var returns = new List<CapacityReturn>();
        long reserved = 0;
        for (int i = period.Open.Count - 1; i >= 0; i--)
        {
            Spender spender = period.Open[i];
            DecisionStatus status = statusOf(spender.Id);
            long units = spender.UnitsOf(use.Key);
            if (spender.IsOpen(status, now))
            {
                reserved += units;
                returns.Add(new CapacityReturn(spender.ExpireTime, units));
                continue;
            }

            if (status == DecisionStatus.Confirmed && spender.HasLeft) period.Confirmed += units;
            period.Open.RemoveAt(i);
        }

        returns.Sort((one, other) => one.Time.CompareTo(other.Time));
        return new CapacityQuote(use.Key, use.Limit - period.Confirmed - reserved, 0) { AskedUnits = use.Limit, Returns = returns };
    }

    private Period PeriodOf(string key)
    {
        if (!_periods.TryGetValue(key, out Period? period)) _periods.Add(key, period = new Period());
        return period;
    }

    private sealed class Period
    {
        /// <summary>Units of what was confirmed and did not fail, and is not among the open ones any more.</summary>
        internal long Confirmed { get; set; }

        /// <summary>Who was reserved when they were looked at last.</summary>
        internal List<Spender> Open { get; } = [];
    }

    private sealed class Spender(Decision decision)
    {
        internal DecisionId Id => decision.Id!.Value;

        internal IReadOnlyList<CapacityUse> Uses => decision.Chosen!.Capacities;

        /// <summary>In whole milliseconds, as decisions are made.</summary>
        internal DateTimeOffset ExpireTime { get; } = CapTime.ToWholeMillisecond(decision.ReservationExpireTime!.Value);

        internal TouchEvidence Heard { get; set; }

        internal bool HasLeft => CountedTouch.HasLeft(Heard);

        internal bool IsOpen(DecisionStatus status, DateTimeOffset now) =>
            status == DecisionStatus.Reserved || (status == DecisionStatus.Expired && now < ExpireTime);

        internal long UnitsOf(string key) => Uses.First(use => use.Key == key).Units;
    }
}
