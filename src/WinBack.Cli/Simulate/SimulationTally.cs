using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Capacities;

namespace WinBack.Cli.Simulate;

/// <summary>What a simulation counted.</summary>
internal sealed class SimulationTally(string playbook, string currency, int days)
{
    private const double Micros = 1_000_000;

    internal string Playbook { get; } = playbook;

    internal string Currency { get; } = currency;

    internal int[] TouchesByDay { get; } = new int[days];

    internal SortedDictionary<string, int> ByChannel { get; } = new(StringComparer.Ordinal);

    internal SortedDictionary<string, int> ByAction { get; } = new(StringComparer.Ordinal);

    internal SortedDictionary<string, int> ByStep { get; } = new(StringComparer.Ordinal);

    internal SortedDictionary<string, int> ByReason { get; } = new(StringComparer.Ordinal);

    /// <summary>Candidates that a cap turned down, by cap.</summary>
    internal SortedDictionary<string, int> ByCap { get; } = new(StringComparer.Ordinal);

    /// <summary>Units taken, by capacity and period.</summary>
    internal SortedDictionary<string, long> ByCapacity { get; } = new(StringComparer.Ordinal);

    /// <summary>Customers with nothing on the last day, by the rule that turned most of their actions down.</summary>
    internal SortedDictionary<string, int> NothingBy { get; } = new(StringComparer.Ordinal);

    internal int Decisions { get; private set; }

    internal int Touches { get; private set; }

    internal int Returns { get; set; }

    internal int Unsubscribes { get; set; }

    /// <summary>Sum over touches of what the playbook expected of each, in units of the currency.</summary>
    internal double ExpectedValue { get; private set; }

    internal void Decided(Decision decision, bool isLastDay)
    {
        Decisions++;
        foreach (Rejection capped in decision.CapRejections) Add(ByCap, capped.Rule);
        if (!isLastDay || decision.Kind == DecisionKind.Action) return;
        IEnumerable<Rejection> all = decision.CapRejections.Count > 0 ? decision.CapRejections : decision.Plan.Rejections;
        string cause = all.GroupBy(r => $"{Names.Of(r.Stage)} ({r.Rule})").OrderByDescending(g => g.Count())
            .ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key).FirstOrDefault("nothing to choose from");
        Add(NothingBy, cause);
    }

    internal void Sent(Decision decision, int day, int step)
    {
        Touches++;
        TouchesByDay[day]++;
        ExpectedValue += decision.Chosen!.ExpectedValueMicros / Micros;
        Add(ByChannel, Names.Of(decision.Channel));
        Add(ByAction, decision.Action);
        Add(ByStep, $"touch {step}");
        Add(ByReason, Names.Of(decision.Plan.LapseReason?.Reason ?? LapseReason.Unknown));
        foreach (CapacityUse use in decision.Chosen.Capacities)
            ByCapacity[use.Key] = ByCapacity.GetValueOrDefault(use.Key) + use.Units;
    }

    private static void Add(SortedDictionary<string, int> counts, string key) => counts[key] = counts.GetValueOrDefault(key) + 1;
}
