using System.CommandLine;
using System.Diagnostics;
using WinBack.Cli.Run;

namespace WinBack.Cli.Load;

/// <summary>
/// <c>winback load</c>: hands everything to the load tool, which is a program of its own (it holds a load generator and a broker,
/// which nobody needs who only runs WinBack).
/// </summary>
internal static class LoadCommand
{
    private const string Built = "load/WinBack.Load/bin/Release/net10.0/WinBack.Load.dll";

    /// <summary>Shorter than what a command may take after Ctrl-C, which the load tool hears too and then writes its reports.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(8);

    private const string Notes = """
        All arguments go to the load tool; 'winback load decide --help' shows those of a scenario. It only puts load on
        addresses of this machine, is bounded in count and time, ends by itself, and writes text, CSV and HTML reports.

        Examples:
          winback load --list
          winback load decide --rate 3000 --for 60s                   open loop; on a service that it starts and ends
          winback load decide --copies 64 --for 30s --rounds 3        closed loop, beside an empty call, three times in turn
          winback load optout --address http://127.0.0.1:5051 --bootstrap 127.0.0.1:9092
        """;

    internal static Command Build() =>
        new ForwardingCommand("load", "Puts load on a service of this machine and measures it.", Notes, RunAsync);

    private static async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken stop)
    {
        string dll = RepositoryFile.Locate(Built)
            ?? throw new BadInputException("the load tool is not built: dotnet build -c Release load/WinBack.Load src/WinBack.Service");
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        using var tool = new Process { StartInfo = new ProcessStartInfo(dotnet, [dll, .. arguments]) { UseShellExecute = false } };
        // As the service has it, so that the fold in the tool's process costs what it costs in that one.
        foreach ((string name, string value) in ServiceEnvironment.Settings) tool.StartInfo.Environment.TryAdd(name, value);
        tool.Start();
        try
        {
            await tool.WaitForExitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            if (!tool.WaitForExit(StopTimeout)) tool.Kill();
            throw;
        }

        return tool.ExitCode;
    }
}
