using WinBack.Adapters.InMemory;
using WinBack.Core.Decisions;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Capacities;
using WinBack.Core.State;

namespace WinBack.Cli.Simulate;

/// <summary>
/// What is known of scarce capacities in a simulation (rules C6): the units left, exactly, and the price that the demand of the
/// last four weeks asks for, worked out anew every hour. Until something was asked for, a price is 0, as on a new service.
/// </summary>
internal sealed class SimulatedDemand
{
    private const int Days = 28;
    private static readonly TimeSpan RefreshPeriod = TimeSpan.FromHours(1);
    private readonly Dictionary<string, Queue<(DateTimeOffset Time, int Bucket, long Units)>> _asked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (DateTimeOffset Made, double Price)> _prices = new(StringComparer.Ordinal);
    private DateTimeOffset? _first;

    /// <summary>Counts a plan's asks, whether they get units or not.</summary>
    internal void Count(DecisionPlan plan)
    {
        foreach (CapacityAsk ask in plan.CapacityAsks)
        {
            if (!_asked.TryGetValue(ask.Pool, out var asked)) _asked.Add(ask.Pool, asked = new());
            asked.Enqueue((plan.DecideTime, OpportunityPrice.BucketOf(ask.WorthPerUnit), ask.Units));
        }
    }

    internal IReadOnlyList<CapacityQuote> Quotes(PlaybookModel playbook, CustomerState state, DateTimeOffset now, InMemoryDecisionStore store)
    {
        _first ??= now;
        IReadOnlyList<CapacityUse> pools = CapacityRules.Of(playbook, state, now);
        var quotes = new List<CapacityQuote>(pools.Count);
        foreach (CapacityUse pool in pools)
        {
            CapacityQuote quote = store.QuoteOf(pool);
            quotes.Add(quote with { Price = PriceOf(pool, quote.Left, now) });
        }

        return quotes;
    }

    private double PriceOf(CapacityUse pool, long left, DateTimeOffset now)
    {
        if (_prices.TryGetValue(pool.Key, out var known) && now < known.Made + RefreshPeriod) return known.Price;
        double price = 0;
        if (_asked.TryGetValue(pool.Pool, out var asked))
        {
            while (asked.TryPeek(out var oldest) && oldest.Time < now.AddDays(-Days)) asked.Dequeue();
            TimeSpan observed = TimeSpan.FromTicks(Math.Min((now - _first!.Value).Ticks, TimeSpan.FromDays(Days).Ticks));
            price = OpportunityPrice.Of(
                [.. asked.GroupBy(a => a.Bucket).Select(lump => KeyValuePair.Create(lump.Key, lump.Sum(a => a.Units)))],
                observed, pool.End - now, left);
        }

        _prices[pool.Key] = (now, price);
        return price;
    }
}
