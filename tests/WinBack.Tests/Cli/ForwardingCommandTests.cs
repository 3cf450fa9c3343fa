using System.CommandLine;
using WinBack.Cli;

namespace WinBack.Tests.Cli;

public sealed class ForwardingCommandTests
{
    private readonly List<string> _passed = [];

    [Fact]
    public async Task Run_WithArguments_HandsThemOverAsTheyAre()
    {
        Assert.Equal((7, ""), await RunAsync("other", "decide", "--rate", "3000", "--list"));
        Assert.Equal(["decide", "--rate", "3000", "--list"], _passed);
    }

    [Fact]
    public async Task Help_WithArguments_IsTheOtherPrograms()
    {
        Assert.Equal((7, ""), await RunAsync("other", "decide", "--help"));
        Assert.Equal(["decide", "--help"], _passed);
    }

    [Fact]
    public async Task Help_WithoutArguments_IsItsOwn()
    {
        (int code, string output) = await RunAsync("other", "--help");
        Assert.Equal(0, code);
        Assert.Contains("the notes", output, StringComparison.Ordinal);
        Assert.Empty(_passed);
    }

    private async Task<(int Code, string Output)> RunAsync(params string[] args)
    {
        var root = new RootCommand
        {
            new ForwardingCommand("other", "Another program.", "the notes", (passed, _) =>
            {
                _passed.AddRange(passed);
                return Task.FromResult(7);
            }),
        };
        var output = new StringWriter();
        int code = await CommandRunner.RunAsync(NotedCommand.ShowNotes(root), args, TextWriter.Null, output);
        return (code, output.ToString());
    }
}
