using System.CommandLine;

namespace WinBack.Cli.Budget;

/// <summary><c>winback budget</c>: how often a customer may still be contacted.</summary>
internal static class BudgetCommand
{
    internal static Command Build() => new("budget", "Says how often a customer may still be contacted, and resets it.")
    {
        BudgetShowCommand.Build(), BudgetResetCommand.Build(), BudgetHistoryCommand.Build(),
    };
}
