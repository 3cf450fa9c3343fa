using System.CommandLine;
using System.CommandLine.Invocation;

namespace WinBack.Cli;

/// <summary>Runs a command line and turns its end into an exit code, in one place for all commands.</summary>
internal static class CommandRunner
{
    /// <summary>How long a command may take to clean up after Ctrl-C or SIGTERM before the process ends anyway.</summary>
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(
        RootCommand root, IReadOnlyList<string> args, TextWriter? error = null, TextWriter? output = null)
    {
        error ??= Console.Error;
        var parsed = root.Parse(args);
        var invocation = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            Error = error,
            Output = output ?? Console.Out,
            ProcessTerminationTimeout = TerminationTimeout,
        };
        try
        {
            if (parsed.Action is ParseErrorAction usage)
            {
                // The whole help would push the error out of sight; without any argument the help is the answer.
                usage.ShowHelp = args.Count == 0;
                await parsed.InvokeAsync(invocation);
                return ExitCode.Usage;
            }

            return await parsed.InvokeAsync(invocation);
        }
        catch (BadInputException broken)
        {
            await error.WriteLineAsync($"winback: {broken.Message}");
            return ExitCode.BadInput;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("winback: stopped before the end");
            return ExitCode.Stopped;
        }
        catch (Exception fault)
        {
            await error.WriteLineAsync($"winback: internal error: {fault}");
            return ExitCode.Internal;
        }
    }
}
