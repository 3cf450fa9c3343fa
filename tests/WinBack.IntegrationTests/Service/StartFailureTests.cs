using WinBack.Cli;
using WinBack.Cli.Run;

namespace WinBack.IntegrationTests.Service;

/// <summary>What is wrong at start is told in plain words, and everything at once.</summary>
public sealed class StartFailureTests
{
    [Fact]
    public async Task WrongSettings_Started_AllAreNamed()
    {
        string told = await FailAsync("--Kafka:PollWait=00:00:09", "--Redis:CommandTimeout=soon", "--Fold:Horizn=1.00:00:00", "--Kafka:Topics:Late=");
        Assert.Contains("Kafka:PollWait: The field PollWait must be between", told, StringComparison.Ordinal);
        Assert.Contains("Kafka:Topics:Late: The Late field is required", told, StringComparison.Ordinal);
        Assert.Contains("'Redis:CommandTimeout'", told, StringComparison.Ordinal);
        Assert.Contains("'Horizn'", told, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoBroker_Started_IsNamed()
    {
        string told = await FailAsync(
            "--Kafka:BootstrapServers=127.0.0.1:1", $"--WinBack:Models={Path.Combine(Repository.Root, "models")}",
            $"--WinBack:Playbook={Stores.Playbook}");
        Assert.Contains("winback-service: Kafka at '127.0.0.1:1' does not answer", told, StringComparison.Ordinal);
    }

    private static async Task<string> FailAsync(params string[] settings) =>
        (await Assert.ThrowsAsync<BadInputException>(
            () => ServiceProcess.StartAsync(Stores.ServiceDll, ["--WinBack:Roles=decide", .. settings], CancellationToken.None))).Message;
}
