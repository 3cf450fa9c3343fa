namespace WinBack.Tests.Cli.Capacity;

public sealed class CapacityCommandTests
{
    /// <summary>Each example of docs/CAPACITY.md is a command, then what it prints.</summary>
    [Fact]
    public async Task Tables_InTheDocument_AreWhatTheCommandPrints()
    {
        string[] lines = await File.ReadAllLinesAsync(RepositoryFiles.Path("docs", "CAPACITY.md"));
        int tables = 0;
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("    winback capacity ", StringComparison.Ordinal)) continue;
            (int code, string output, string errors) = await CommandLine.RunAsync([.. lines[i].Trim().Split(' ')[1..]]);
            Assert.True(code == 0, errors);
            string[] printed = output.TrimEnd().Split('\n');
            Assert.Equal(printed, lines.Skip(i + 2).Take(printed.Length));
            tables++;
        }

        Assert.True(tables >= 2, $"{tables} examples in docs/CAPACITY.md");
    }

    [Theory]
    [InlineData("--customers", "0")]
    [InlineData("--events-per-day", "-1")]
    [InlineData("--peak-factor", "0.5")]
    [InlineData("--action-share", "1.1")]
    [InlineData("--shard-gib", "NaN")]
    public async Task Rejects_NumbersOutOfRange(string option, string value)
    {
        string[] given = ["--customers", "10", "--events-per-day", "10", "--decisions-per-second", "1"];
        int at = Array.IndexOf(given, option);
        string[] arguments = at < 0 ? [.. given, option, value] : [.. given[..(at + 1)], value, .. given[(at + 2)..]];
        (int code, _, string errors) = await CommandLine.RunAsync(["capacity", .. arguments]);
        Assert.Equal(2, code);
        Assert.Contains($"{option} must be from", errors, StringComparison.Ordinal);
    }
}
