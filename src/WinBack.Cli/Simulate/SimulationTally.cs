using System.Globalization;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Experiments;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Capacities;
using WinBack.Core.Policy.Sequences;

namespace WinBack.Cli.Simulate;

/// <summary>What a simulation counted.</summary>
internal sealed class SimulationTally(PlaybookModel playbook, DateTimeOffset start, int days)
{
    private const double Micros = 1_000_000;
    private readonly Dictionary<string, CustomerTally> _customers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StepPlace?> _steps = playbook.Actions.ToDictionary(a => a.Name, a => a.Step, StringComparer.Ordinal);

    /// <summary>Its version.</summary>
    internal string Playbook { get; } = playbook.Version;

    internal string Currency { get; } = playbook.Currency;

    /// <summary>Of touches (UTC), in order.</summary>
    internal List<DateTimeOffset> Times { get; } = [];

    internal int[] TouchesByDay { get; } = new int[days];

    internal CountTable ByChannel { get; } = new();

    internal CountTable ByAction { get; } = new();

    /// <summary>Sum over touches of what the playbook expected of each, in units of the currency.</summary>
    internal CountTable ValueByAction { get; } = new();

    /// <summary>"cart: 1 reminder".</summary>
    internal CountTable ByStep { get; } = new();

    internal CountTable ByTouch { get; } = new();

    internal CountTable ByReason { get; } = new();

    /// <summary>Units taken, by capacity and period: touches, or units of the currency.</summary>
    internal CountTable ByCapacity { get; } = new();

    internal int Decisions { get; private set; }

    internal int Touches { get; private set; }

    internal int Returns { get; set; }

    internal int Unsubscribes { get; set; }

    /// <summary>By id: everybody who was decided on.</summary>
    internal IReadOnlyDictionary<string, CustomerTally> Customers => _customers;

    internal double ExpectedValue => ValueByAction.Total;

    internal void Decided(Decision decision)
    {
        Decisions++;
        CustomerTally customer = Of(decision.Customer);
        foreach (Rejection capped in decision.CapRejections) customer.CappedOn.Add((capped.Rule, DayOf(decision)));
        foreach (ExperimentAssignment assigned in decision.Plan.Experiments.Assignments)
            customer.Variants.Add(
                assigned.Experiment == ExperimentAssignment.Holdout ? "holdout" : $"{assigned.Experiment}: {assigned.Variant}");
        customer.WouldHaveGot |= decision.Plan.Experiments.Ghost is not null;
        customer.Last = decision;
    }

    internal void Sent(Decision decision)
    {
        Touches++;
        Times.Add(decision.Plan.DecideTime);
        TouchesByDay[DayOf(decision)]++;
        CustomerTally customer = Of(decision.Customer);
        customer.Touches++;
        ByChannel.Add(Names.Of(decision.Channel));
        ByAction.Add(decision.Action);
        ValueByAction.Add(decision.Action, decision.Chosen!.ExpectedValueMicros / Micros);
        ByStep.Add(StepOf(decision.Action));
        ByTouch.Add(string.Create(CultureInfo.InvariantCulture, $"touch {customer.Touches,2}"));
        ByReason.Add(Names.Of(decision.Plan.LapseReason?.Reason ?? LapseReason.Unknown));
        foreach (CapacityUse use in decision.Chosen.Capacities) Spent(use);
    }

    private int DayOf(Decision decision) => (int)(decision.Plan.DecideTime - start).TotalDays;

    private CustomerTally Of(CustomerId customer)
    {
        if (!_customers.TryGetValue(customer.Value, out CustomerTally? tally)) _customers.Add(customer.Value, tally = new CustomerTally());
        return tally;
    }

    private string StepOf(string action) => _steps[action] is { } place
        ? string.Create(CultureInfo.InvariantCulture, $"{place.Sequence.Name}: {place.Index + 1} {place.Step.Name}")
        : "of no sequence";

    private void Spent(CapacityUse use)
    {
        CapacityModel capacity = playbook.Capacities.First(c => use.Pool.StartsWith(c.Name + "/", StringComparison.Ordinal));
        double unit = capacity.Unit == CapacityUnit.OfferCost ? Micros : 1;
        // The first day by the capacity's own calendar.
        DateTimeOffset from = TimeZoneInfo.ConvertTime(use.Start, capacity.Zone);
        ByCapacity.Add(
            string.Create(CultureInfo.InvariantCulture, $"{use.Pool} from {from:yyyy-MM-dd}, of {use.Limit / unit:N0}"), use.Units / unit);
    }
}
