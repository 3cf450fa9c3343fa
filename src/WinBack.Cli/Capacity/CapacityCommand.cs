using System.CommandLine;
using System.Globalization;

namespace WinBack.Cli.Capacity;

/// <summary><c>winback capacity</c>: what an installation needs, extrapolated from what was measured.</summary>
internal static class CapacityCommand
{
    private const string Notes = """
        Computes from measured costs (docs/CAPACITY.md says how, and what it leaves out): Redis memory and shards, cores of both
        roles, Kafka partitions and disk, network. 60 in 100 of a core's time and 70 in 100 of a shard's memory are planned for.

        Examples:
          winback capacity --customers 100000000 --events-per-day 300000000 --decisions-per-second 2000
          winback capacity --customers 1000000 --events-per-day 5000000 --decisions-per-second 100 --no-action-hours 2
        """;

    internal static Command Build()
    {
        var customers = Number("--customers", null, 1, 1e12, "Customers with a state.");
        var events = Number("--events-per-day", null, 0, 1e12, "Events of all topics a day.");
        var decisions = Number("--decisions-per-second", null, 0, 1e9, "Stored decisions a second at the busiest time.");
        var peak = Number("--peak-factor", 3, 1, 1_000, "Busiest second of an average one.");
        var actions = Number("--action-share", 0.1, 0, 1, "Decisions that send something, of all.");
        var actionDays = Number(
            "--action-days", Defaults.ActionRetention.TotalDays, 0.04, 400, "Days that actions are kept (Redis:DecisionRetention).");
        var noActionHours = Number(
            "--no-action-hours", Defaults.NoActionRetention.TotalHours, 0.016, 9_600,
            "Hours that decisions to send nothing are kept (Redis:NoActionRetention).");
        var eventDays = Number("--event-days", 30, 0, 10_000, "Days that Kafka keeps events.");
        var replicas = Number("--replicas", 1, 0, 10, "Copies of each Redis shard beside the primary.");
        var shard = Number("--shard-gib", 32, 0.1, 100_000, "Memory of one Redis server, GiB.");
        var command = new NotedCommand("capacity", "Says what an installation of a size needs.", Notes)
        {
            customers, events, decisions, peak, actions, actionDays, noActionHours, eventDays, replicas, shard,
        };
        command.SetAction(parsed =>
        {
            var demands = new CapacityDemands(
                parsed.GetValue(customers), parsed.GetValue(events), parsed.GetValue(decisions), parsed.GetValue(peak),
                parsed.GetValue(actions), parsed.GetValue(eventDays), parsed.GetValue(replicas), parsed.GetValue(shard))
            {
                ActionRetention = TimeSpan.FromDays(parsed.GetValue(actionDays)),
                NoActionRetention = TimeSpan.FromHours(parsed.GetValue(noActionHours)),
            };
            CapacityText.Write(parsed.InvocationConfiguration.Output, new CapacityPlan(demands));
            return ExitCode.Ok;
        });
        return command;
    }

    private static CapacityDemands Defaults { get; } = new(1, 0, 0, 1, 0, 0, 0, 1);

    /// <param name="value">Default; null when it must be given.</param>
    private static Option<double> Number(string name, double? value, double least, double most, string description)
    {
        string said = value is { } v ? FormattableString.Invariant($"{description} Default: {v}.") : description;
        var option = new Option<double>(name) { Description = said, Required = value is null };
        if (value is { } given) option.DefaultValueFactory = _ => given;
        option.Validators.Add(result =>
        {
            // What is no number at all is told by the parser.
            if (result.Tokens.Count == 1 && double.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out double number)
                && !(number >= least && number <= most))
                result.AddError(FormattableString.Invariant($"{name} must be from {least} to {most}, not {number}"));
        });
        return option;
    }
}
