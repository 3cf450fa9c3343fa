using WinBack.Cli;
using WinBack.Load;
using WinBack.Load.Scenarios;

namespace WinBack.Tests.Load;

public sealed class LoadCommandTests
{
    public static TheoryData<string> Names => [.. AllScenarios.List.Select(scenario => scenario.Name)];

    [Fact]
    public async Task List_HasEveryScenarioOfTheProgram_OneALine()
    {
        (int code, string output, _) = await RunAsync("--list");

        Type[] types = [.. typeof(LoadScenario).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LoadScenario)) && !type.IsAbstract)];
        Assert.Equal(types.Select(type => type.Name).Order(), AllScenarios.List.Select(scenario => scenario.GetType().Name).Order());
        Assert.Equal(0, code);
        Assert.Equal(
            AllScenarios.List.Select(scenario => $"{scenario.Name,-9} {scenario.Summary}"),
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.All(AllScenarios.List, scenario => Assert.InRange(scenario.Summary.Length, 20, 100));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Help_OfAScenario_DescribesEveryOption(string name)
    {
        (int code, string output, _) = await RunAsync(name, "--help");
        Assert.Equal(0, code);
        Assert.Contains("--count", output, StringComparison.Ordinal);
        Assert.All(
            LoadCommand.Build().Subcommands.Single(command => command.Name == name).Options,
            option => Assert.False(string.IsNullOrWhiteSpace(option.Description), option.Name));
    }

    [Fact]
    public async Task Run_WithoutScenario_SaysHowToFindOne()
    {
        (int code, _, string error) = await RunAsync();
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("--list", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_UnknownScenario_IsRefused() => Assert.Equal(ExitCode.Usage, (await RunAsync("no-such-load")).Code);

    [Fact]
    public async Task Run_AddressElsewhere_IsRefusedBeforeAnythingIsSent()
    {
        (int code, _, string error) = await RunAsync("decide", "--address", "http://shop.example:5051", "--for", "1s");
        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains("'shop.example' is not on this machine", error, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        int code = await CommandRunner.RunAsync(LoadCommand.Build(), args, error, output);
        return (code, output.ToString(), error.ToString());
    }
}
