using WinBack.IntegrationTests.Caps;
using WinBack.Testing.Checker;

namespace WinBack.IntegrationTests.Checker;

/// <summary>The random programmes of RuleCheckerTests, fewer of them, on the real stores.</summary>
public sealed class ProgrammesOnRedisTests
{
    [Theory]
    [InlineData("redis-server")]
    [InlineData("garnet")]
    [Trait("Rule", "C1")]
    [Trait("Rule", "C2")]
    [Trait("Rule", "C3")]
    public async Task RandomProgrammes_BreakNoRule(string kind)
    {
        await using ServerOrMemory server = await ServerOrMemory.StartAsync(kind);
        await using StoreBench bench = await server.OpenAsync();
        int sent = 0;
        for (int seed = 1; seed <= 10; seed++)
        {
            var programme = new RandomProgramme(seed, bench.Store, bench.SetStateAsync, bench.SetClock);
            await programme.RunAsync(steps: 120);
            Assert.True(programme.Checker!.Violations.Count == 0, $"seed {seed}: {string.Join('\n', programme.Checker.Violations)}");
            sent += programme.Checker.ConfirmedTouches;
        }

        // A programme may have nothing to say for as few steps, but not all of them.
        Assert.True(sent >= 20, $"only {sent} touches were sent");
    }
}
