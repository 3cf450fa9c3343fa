using System.Globalization;

namespace WinBack.Cli.Simulate;

/// <summary>What one playbook did, or two side by side: the figures of text and report.</summary>
/// <param name="Runs">One or two.</param>
/// <param name="Changes">What differs between the playbooks, in lines; none for one.</param>
internal sealed record SimulationResult(SimulationSetting Setting, IReadOnlyList<SimulationTally> Runs, IReadOnlyList<string> Changes)
{
    internal bool Compares => Runs.Count > 1;

    /// <summary>Short names of the playbooks, their versions where the names are the same.</summary>
    internal string[] Heads
    {
        get
        {
            string[] names = [.. Runs.Select(r => r.Playbook.Split('@')[0])];
            return names.Distinct().Count() == names.Length ? names : [.. Runs.Select(r => r.Playbook)];
        }
    }

    internal IEnumerable<(string Name, string[] Values)> Totals()
    {
        yield return Total("decisions", r => Count(r.Decisions));
        yield return Total("customers asked about", r => Count(r.Customers.Count));
        yield return Total("customers with a touch", r => Count(r.Customers.Values.Count(c => c.Touches > 0)));
        yield return Total("customers held out who would have had one", r => Count(r.Customers.Values.Count(c => c.WouldHaveGot)));
        if (Compares)
        {
            yield return ("customers with a touch of this one only", [Count(OnlyIn(Runs[0], Runs[1])), Count(OnlyIn(Runs[1], Runs[0]))]);
        }

        yield return Total("touches", r => Count(r.Touches));
        yield return Total("expected value of the touches", r => $"{r.Currency} {Count(r.ExpectedValue)}");
        yield return Total("simulated returns won", r => Count(r.Returns));
        yield return Total("simulated unsubscribes", r => Count(r.Unsubscribes));
    }

    internal IEnumerable<SimulationGroup> Groups() =>
    [
        new("Touches by channel", "channel", "", Of(r => r.ByChannel)),
        new("Touches by sequence and step", "sequence: step", "", Of(r => r.ByStep), IsSorted: true),
        new("Touches by action", "action", "", Of(r => r.ByAction)),
        new("Touches by the customer's count", "touch", "The customer's first, second, ... touch of these days.", Of(r => r.ByTouch), IsSorted: true),
        new("Touches by reason", "reason of the lapse", "", Of(r => r.ByReason)),
        new("Expected value", "action", "Of all touches, in the currency of the playbook, as it was expected when they were decided on.",
            Of(r => r.ValueByAction)),
        new("Caps that bound", "cap", "On how many days of customers the cap turned an eligible action down: one customer on three days is three.",
            Of(r => CountTable.Of(r.Customers.Values.SelectMany(c => c.CappedOn).Select(c => c.Rule)))),
        new("Capacity used", "capacity, period and units there are", "", Of(r => r.ByCapacity), IsSorted: true),
        new("Holdout and experiments", "customers in", "", Of(r => CountTable.Of(r.Customers.Values.SelectMany(c => c.Variants))), IsSorted: true),
        new("Who got nothing in all the days, and why", "segment: what stood in the way", "Customers without a touch, by their last decision.",
            Of(r => CountTable.Of(r.Customers.Values.Where(c => c.Touches == 0).Select(c => c.Nothing)))),
    ];

    /// <summary>Text of each day: "2011-10-26".</summary>
    internal string DayName(int day) => Setting.Start.AddDays(day).UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    internal static string Count(double count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private (string Name, string[] Values) Total(string name, Func<SimulationTally, string> value) => (name, [.. Runs.Select(value)]);

    private IReadOnlyList<CountTable> Of(Func<SimulationTally, CountTable> counts) => [.. Runs.Select(counts)];

    private static int OnlyIn(SimulationTally one, SimulationTally other) => one.Customers.Count(c =>
        c.Value.Touches > 0 && !(other.Customers.TryGetValue(c.Key, out CustomerTally? there) && there.Touches > 0));
}
