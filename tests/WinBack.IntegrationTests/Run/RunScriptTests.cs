using System.Text.RegularExpressions;

namespace WinBack.IntegrationTests.Run;

/// <summary>The main job, as the README tells to start it.</summary>
[Trait("Category", "Slow")]
public sealed partial class RunScriptTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Once_Run_PrintsDecisionsAndLeavesNothingBehind(bool isGarnet)
    {
        using var path = new PathWithout("redis-server");
        using var run = new RunScript(isGarnet ? path.Value : null, "--once");
        Assert.True(await run.EndAsync() == 0, run.Output);
        await run.AssertNothingLeftAsync();

        Assert.Contains(isGarnet ? "taking Garnet instead" : "Starting broker, Redis and service", run.Output, StringComparison.Ordinal);
        Assert.Matches("26,137 events of 4,362 customers in .* s", run.Output);
        Match counts = CountPattern().Match(run.Output);
        int actions = Number(counts, "actions"), nothing = Number(counts, "nothing");
        Assert.Equal(4_362, actions + nothing);
        Assert.InRange(actions, 500, 4_000);
        string[] sent = Rows(run.Output, "What to send now"), kept = Rows(run.Output, "Nothing to send now, and why");
        Assert.InRange(sent.Length, 8, 10);
        Assert.All(sent, row => Assert.Matches(@"^\s*\d{5}\s+\d+\s+0\.\d\d\s+0\.\d\d\s+[a-z0-9_]+\s+(Email|Print|Advertisement|Call)\s", row));
        Assert.InRange(kept.Length, 4, 7);
        Assert.All(kept, row => Assert.Matches(@"NO_ACTION\s+(-|20\d\d-\d\d-\d\d \d\d:\d\d)\s+\w", row));
        // Whoever was asked for a second time is capped by the first.
        Assert.All(kept[^2..], row => Assert.Contains("capped: C2", row, StringComparison.Ordinal));
    }

    [Fact]
    public async Task CtrlC_Pressed_EndsEverything()
    {
        using var run = new RunScript();
        await run.UntilAsync("Ctrl-C ends it");
        run.PressCtrlC();
        Assert.True(await run.EndAsync() == 0, run.Output);
        await run.AssertNothingLeftAsync();
        Assert.DoesNotContain("rror", run.Output[run.Output.IndexOf("Ctrl-C ends it", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Killed_EndsEverythingToo()
    {
        using var run = new RunScript();
        await run.UntilAsync("Ctrl-C ends it");
        run.Kill();
        await run.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task UnknownOption_Given_IsAUsageError()
    {
        using var run = new RunScript(null, "--twice");
        Assert.Equal(2, await run.EndAsync());
        Assert.Contains("--twice", run.Output, StringComparison.Ordinal);
    }

    /// <summary>First lines of a table's rows: they begin with a customer number.</summary>
    private static string[] Rows(string output, string title)
    {
        string[] lines = output.Split(Environment.NewLine);
        int start = Array.FindIndex(lines, line => line.StartsWith(title, StringComparison.Ordinal));
        Assert.True(start >= 0, output);
        return lines.Skip(start + 1)
            .TakeWhile(line => !EndOfTablePattern().IsMatch(line))
            .Where(line => RowPattern().IsMatch(line)).ToArray();
    }

    private static int Number(Match match, string group) =>
        int.Parse(match.Groups[group].Value.Replace(",", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex("(?<actions>[0-9,]+) would be contacted now, (?<nothing>[0-9,]+) not")]
    private static partial Regex CountPattern();

    [GeneratedRegex("^(Nothing to send|How to go on)")]
    private static partial Regex EndOfTablePattern();

    [GeneratedRegex(@"^\s*\d{5}\s")]
    private static partial Regex RowPattern();
}
