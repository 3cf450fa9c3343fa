using System.CommandLine;
using WinBack.Cli.Policy;

namespace WinBack.Cli.Simulate;

/// <summary><c>winback simulate</c>: a playbook over an event file before it goes live.</summary>
internal static class SimulateCommand
{
    private const string Notes = """
        Events before the first day are folded, then every customer is decided on once a day, by the classes that serve, with
        stores in memory. Events of the file go on meanwhile. Responses are simulated: a touch multiplies the odds of a return by
        the playbook's response_odds_ratio to the power of a propensity between 0 and 2 drawn for each customer; the same seed gives the
        same simulation. It shows how a playbook works, not what it will bring. Responses are not learned from, and product
        updates are not known to it.

        Examples:
          winback simulate --events out/retail.events.gz --playbook playbooks/default.yaml --days 45
          winback simulate --events out/retail.events.gz --playbook playbooks/default.yaml --compare mine.yaml --out report.html
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
            return simulation.RunAsync(parsed, [.. files.Select(file => PlaybookInput.Load(file).Model!)], stop);
        });
        return command;
    }
}
