using System.CommandLine;
using WinBack.Cli.Budget;
using WinBack.Cli.Capacity;
using WinBack.Cli.Customers;
using WinBack.Cli.Datasets;
using WinBack.Cli.Decisions;
using WinBack.Cli.Dev;
using WinBack.Cli.Doctor;
using WinBack.Cli.Experiments;
using WinBack.Cli.Explain;
using WinBack.Cli.Import;
using WinBack.Cli.Inspect;
using WinBack.Cli.Load;
using WinBack.Cli.Models;
using WinBack.Cli.Policy;
using WinBack.Cli.PolicyLogs;
using WinBack.Cli.Produce;
using WinBack.Cli.Reasons;
using WinBack.Cli.Replay;
using WinBack.Cli.Run;
using WinBack.Cli.Simulate;
using WinBack.Cli.Training;
using WinBack.Cli.Uplift;

namespace WinBack.Cli;

/// <summary>The <c>winback</c> command: one line for each subcommand, each built in a file of its own.</summary>
internal static class RootCommandBuilder
{
    public static RootCommand Build() => NotedCommand.ShowNotes(
        new("WinBack: finds lapsed customers and decides what to send them, on which channel, or nothing.")
        {
            RunCommand.Build(),
            ImportCommand.Build(),
            ProduceCommand.Build(),
            DatasetCommand.Build(),
            TrainCommand.Build(),
            EvaluateCommand.Build(),
            UpliftCommand.Build(),
            ModelCommand.Build(),
            PolicyCommand.Build(PolicySimulateCommand.Build()),
            ExperimentCommand.Build(),
            SimulateCommand.Build(),
            ReasonsCommand.Build(),
            EvaluatePolicyCommand.Build(),
            ReplayCommand.Build(),
            DecisionCommand.Build(),
            WhyCommand.Build(),
            CustomerCommand.Build(),
            BudgetCommand.Build(),
            InspectCommand.Build(),
            ExplainCommand.Build(),
            CapacityCommand.Build(),
            DoctorCommand.Build(),
            LoadCommand.Build(),
            DevCommand.Build(),
        });
}
