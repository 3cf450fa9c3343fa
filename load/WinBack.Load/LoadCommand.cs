using System.CommandLine;
using WinBack.Cli;
using WinBack.Load.Arguments;
using WinBack.Load.Runs;
using WinBack.Load.Scenarios;

namespace WinBack.Load;

/// <summary>The load tool: one subcommand for each scenario, all with the same options; <c>--list</c> says what there is.</summary>
internal static class LoadCommand
{
    internal static RootCommand Build()
    {
        var list = new Option<bool>("--list") { Description = "Lists the scenarios, one a line." };
        var root = new RootCommand("Puts load on WinBack, on this machine only. It is bounded in count and time, and ends by itself.") { list };
        foreach (LoadScenario scenario in AllScenarios.List) root.Subcommands.Add(Of(scenario));
        // As a parse error would be: without a scenario there is nothing to do.
        root.SetAction(parsed => parsed.GetValue(list) ? List(parsed.InvocationConfiguration.Output) : Usage(parsed.InvocationConfiguration.Error));
        return root;
    }

    private static Command Of(LoadScenario scenario)
    {
        var arguments = new LoadArguments(scenario);
        var command = new Command(scenario.Name, scenario.Summary);
        arguments.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            TextWriter output = parsed.InvocationConfiguration.Output;
            LoadPlan plan = arguments.Read(parsed);
            var report = new LoadReport(scenario.Name, plan, output);
            try
            {
                await scenario.RunAsync(plan, report, stop);
            }
            finally
            {
                report.Save();
            }

            stop.ThrowIfCancellationRequested();
            return report.Failures is { Length: > 0 } failures ? throw new BadInputException(failures) : ExitCode.Ok;
        });
        return command;
    }

    private static int List(TextWriter output)
    {
        foreach (LoadScenario scenario in AllScenarios.List) output.WriteLine($"{scenario.Name,-9} {scenario.Summary}");
        return ExitCode.Ok;
    }

    private static int Usage(TextWriter error)
    {
        error.WriteLine("winback: which load? 'winback load --list' lists them, e.g. winback load decide --rate 3000 --for 60s");
        return ExitCode.Usage;
    }
}
