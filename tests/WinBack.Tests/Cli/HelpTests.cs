using System.CommandLine;
using WinBack.Cli;

namespace WinBack.Tests.Cli;

public sealed class HelpTests
{
    public static TheoryData<string> Commands => [.. Leaves(RootCommandBuilder.Build(), "")];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_EveryCommand_DescribesItsOptionsAndGivesExamples(string command)
    {
        (int code, string output, _) = await CommandLine.RunAsync([.. command.Split(' '), "--help"]);

        Assert.Equal(0, code);
        Assert.Contains("Examples:", output, StringComparison.Ordinal);
        Assert.All(OptionsOf(command), option => Assert.False(string.IsNullOrWhiteSpace(option.Description), option.Name));
    }

    private static IEnumerable<Option> OptionsOf(string command)
    {
        Command at = RootCommandBuilder.Build();
        foreach (string name in command.Split(' ')) at = at.Subcommands.Single(c => c.Name == name);
        return at.Options;
    }

    private static IEnumerable<string> Leaves(Command command, string path) => command.Subcommands.Count == 0
        ? [path]
        : command.Subcommands.SelectMany(c => Leaves(c, path.Length == 0 ? c.Name : $"{path} {c.Name}"));
}
