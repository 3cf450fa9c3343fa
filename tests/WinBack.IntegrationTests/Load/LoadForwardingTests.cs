using WinBack.Cli;

namespace WinBack.IntegrationTests.Load;

/// <summary><c>winback load</c> runs the tool as a process of its own, as built beside it, and ends as it ends.</summary>
public sealed class LoadForwardingTests
{
    [Theory]
    [InlineData("load --list", ExitCode.Ok)]
    [InlineData("load decide --help", ExitCode.Ok)]
    [InlineData("load", ExitCode.Usage)]
    [InlineData("load no-such-load", ExitCode.Usage)]
    [InlineData("load decide --address http://shop.example:5051", ExitCode.BadInput)]
    public async Task Load_Arguments_EndAsTheToolDoes(string line, int expected) =>
        Assert.Equal(expected, await CommandRunner.RunAsync(RootCommandBuilder.Build(), line.Split(' '), TextWriter.Null, TextWriter.Null));
}
