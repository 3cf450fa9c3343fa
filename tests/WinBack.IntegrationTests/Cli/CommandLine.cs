using WinBack.Cli;

namespace WinBack.IntegrationTests.Cli;

/// <summary>Runs a command line inside the test, as `winback` would.</summary>
internal static class CommandLine
{
    internal static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        int code = await CommandRunner.RunAsync(RootCommandBuilder.Build(), args, error, output);
        return (code, output.ToString(), error.ToString());
    }
}
