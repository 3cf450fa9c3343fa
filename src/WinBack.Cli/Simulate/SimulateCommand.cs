using System.CommandLine;
using WinBack.Cli.Policy;

namespace WinBack.Cli.Simulate;

/// <summary><c>winback simulate</c>: a playbook over an event file before it goes live.</summary>
internal static class SimulateCommand
{
    private const string Notes = """
        Events before the first day are folded, then every customer is decided on by the classes that serve, with stores in
        memory: at the start, when an event of the customer comes in, at the instant at which the last answer said that it may
        change (next_eligible_time: a send window that opens, the next step of a sequence, a cap with a free place), and once a
        day at least. What is decided is confirmed and sent at once. Responses are simulated: a touch multiplies the odds of a
        return by the playbook's response_odds_ratio to the power of a propensity between 0 and 2 drawn for each customer; the same
        seed gives the same simulation. It shows how a playbook works, not what it will bring. Responses are not learned from, and
        gates of experiments stay where they start.

        Examples:
          winback simulate --events out/retail.events.gz --playbook playbooks/default.yaml --days 45
          winback simulate --events out/retail.events.gz --playbook playbooks/default.yaml --compare mine.yaml --out report.html
          winback simulate --events app.jsonl --updates updates.jsonl --playbook playbooks/subscription.yaml
        """;

    internal static Command Build()
    {
        var playbook = new Option<string>("--playbook") { Description = "Playbook file.", Required = true };
        var compare = new Option<string?>("--compare") { Description = "Second playbook, run beside the first." };
        var simulation = new SimulationArguments();
        var command = new NotedCommand("simulate", "Runs a playbook over an event file with simulated responses; writes a report.", Notes)
        {
            playbook, compare,
        };
        simulation.AddTo(command);
        command.SetAction((parsed, stop) =>
        {
            string[] files = [parsed.GetRequiredValue(playbook), .. parsed.GetValue(compare) is { } second ? (string[])[second] : []];
            return simulation.RunAsync(parsed, [.. files.Select(PlaybookInput.Load)], stop);
        });
        return command;
    }
}
