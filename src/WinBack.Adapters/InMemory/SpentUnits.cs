using WinBack.Core.Decisions;
using WinBack.Core.Policy.Capacities;

namespace WinBack.Adapters.InMemory;

/// <summary>
/// What decisions took of scarce capacities: whatever is reserved or confirmed counts, and nothing else, which is what leases come
/// to in Redis. What is settled is counted once, so that only reservations are looked through. Not thread-safe.
/// </summary>
internal sealed class SpentUnits
{
    private readonly Dictionary<string, Period> _periods = new(StringComparer.Ordinal);

    /// <param name="status">Of the decision that took them, as of now.</param>
    internal void Add(CapacityUse use, Func<DecisionStatus> status) => PeriodOf(use).Open.Add((status, use.Units));

    /// <summary>Units that are left of the capacity in the period of the use.</summary>
    internal long Left(CapacityUse use)
    {
        Period period = PeriodOf(use);
        long reserved = 0;
        for (int i = period.Open.Count - 1; i >= 0; i--)
        {
            (Func<DecisionStatus> statusOf, long units) = period.Open[i];
            DecisionStatus status = statusOf();
            if (status == DecisionStatus.Reserved)
            {
                reserved += units;
                continue;
            }

            if (status == DecisionStatus.Confirmed) period.Confirmed += units;
            period.Open.RemoveAt(i);
        }

        return use.Limit - period.Confirmed - reserved;
    }

    private Period PeriodOf(CapacityUse use)
    {
        if (!_periods.TryGetValue(use.Key, out Period? period)) _periods.Add(use.Key, period = new Period());
        return period;
    }

    private sealed class Period
    {
        /// <summary>Units, for good.</summary>
        internal long Confirmed { get; set; }

        /// <summary>Decisions that were reserved when they were looked at last, and the units of each.</summary>
        internal List<(Func<DecisionStatus> Status, long Units)> Open { get; } = [];
    }
}
