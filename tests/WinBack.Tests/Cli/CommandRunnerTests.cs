using System.CommandLine;
using WinBack.Cli;

namespace WinBack.Tests.Cli;

public sealed class CommandRunnerTests
{
    [Fact]
    public async Task Run_CommandReturnsOk_IsZero() => Assert.Equal((0, ""), await RunAsync(() => ExitCode.Ok, "work"));

    [Fact]
    public async Task Run_BadInput_IsOneWithTheMessageOnly()
    {
        var (code, error) = await RunAsync(() => throw new BadInputException("events.json: line 3 is not JSON"), "work");

        Assert.Equal(1, code);
        Assert.Equal("winback: events.json: line 3 is not JSON\n", error);
    }

    [Fact]
    public async Task Run_UnknownOption_IsTwoAndNamesIt()
    {
        var (code, error) = await RunAsync(() => ExitCode.Ok, "work", "--no-such-option");

        Assert.Equal(2, code);
        Assert.Contains("--no-such-option", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Fault_IsSeventyWithTheStack()
    {
        var (code, error) = await RunAsync(() => throw new InvalidOperationException("broken invariant"), "work");

        Assert.Equal(70, code);
        Assert.Contains("broken invariant", error, StringComparison.Ordinal);
        Assert.Contains(nameof(CommandRunnerTests), error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dev broker", "--topics")]
    [InlineData("dev broker --topics a/b", "a/b")]
    [InlineData("dev broker --topics a --partitions 0", "--partitions must be from 1 to 1000, not 0")]
    public async Task DevBroker_BadArguments_IsTwoAndNamesTheArgument(string line, string expected)
    {
        var error = new StringWriter();
        var code = await CommandRunner.RunAsync(RootCommandBuilder.Build(), line.Split(' '), error);

        Assert.Equal(2, code);
        Assert.Contains(expected, error.ToString(), StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Error)> RunAsync(Func<int> body, params string[] args)
    {
        var work = new Command("work");
        work.SetAction(_ => body());
        var error = new StringWriter();
        var code = await CommandRunner.RunAsync(new RootCommand { work }, args, error);
        return (code, error.ToString());
    }
}
