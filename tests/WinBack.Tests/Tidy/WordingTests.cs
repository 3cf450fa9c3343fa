using System.Text.RegularExpressions;

namespace WinBack.Tests.Tidy;

public sealed partial class WordingTests
{
    /// <summary>Where everything may be caught: the top of a loop, a call or a program, which counts, logs and says what follows.</summary>
    private static readonly string[] CatchesAll =
    [
        "src/WinBack.Cli/CommandRunner.cs",
        "src/WinBack.Service/Grpc/Errors/ErrorInterceptor.cs",
        "src/WinBack.Service/Hosting/IngestHostedService.cs",
        "src/WinBack.Service/Http/JsonCall.cs",
        "src/WinBack.Service/Serving/ScoreObserver.cs",
        "src/WinBack.Service/Serving/SideLoop.cs",
    ];

    /// <summary>Hosts that a tracked file may name: where standards, licences and sources are, this machine, and its containers.</summary>
    private static readonly string[] Hosts =
    [
        "127.0.0.1", "localhost", "github.com", "doi.org", "creativecommons.org", "opencollective.com", "www.w3.org", "json-schema.org",
        "learn.microsoft.com", "archive.ics.uci.edu", "redis.io", "keepachangelog.com",
        // A service of docker-compose.yml.
        "prometheus",
    ];

    /// <summary>A patch quotes the words of others.</summary>
    [Fact]
    public void Files_HoldNoMarkersOfUnfinishedWork() =>
        AssertNone(
            UnfinishedPattern(), SourceFile.All.Where(f => f.Name != "WordingTests.cs" && !f.Name.EndsWith(".patch", StringComparison.Ordinal)));

    /// <summary>Stand-ins throw it where the package they replace does.</summary>
    [Fact]
    public void Sources_LeaveNothingUnimplemented() => AssertNone(NotImplementedPattern(), SourceFile.CSharp("src", "load"));

    /// <summary>To tidy up and throw on is no catching.</summary>
    [Fact]
    public void CatchOfEverything_StandsOnlyAtTheTopOfALoop()
    {
        string[] found = [.. SourceFile.CSharp("src", "load").Where(f => CatchAllPattern().IsMatch(f.Outline.Code)).Select(f => f.Path)];
        Findings.AssertNone(found.Except(CatchesAll));
        Assert.True(CatchesAll.All(found.Contains), "take out of the list: " + string.Join(", ", CatchesAll.Except(found)));
    }

    [Fact]
    public void Files_NameNoOtherHostsThanKnownOnes()
    {
        var wrong = new List<string>();
        foreach (SourceFile file in SourceFile.All)
            foreach (Match host in HostPattern().Matches(file.Text))
                if (!Hosts.Contains(host.Groups["host"].Value) && !host.Groups["host"].Value.EndsWith(".example", StringComparison.Ordinal))
                    wrong.Add($"{file.Path}: {host.Value}");
        Findings.AssertNone(wrong.Distinct());
    }

    /// <summary>Paths that exist on one machine only.</summary>
    [Fact]
    public void Files_NameNoPathsOfAMachine() =>
        AssertNone(MachinePathPattern(), SourceFile.All.Where(f => f.Name != "WordingTests.cs"));

    private static void AssertNone(Regex pattern, IEnumerable<SourceFile> files)
    {
        var wrong = new List<string>();
        foreach (SourceFile file in files)
            for (int i = 0; i < file.Lines.Length; i++)
                if (pattern.IsMatch(file.Lines[i])) wrong.Add($"{file.Path}:{i + 1}: {file.Lines[i].Trim()}");
        Findings.AssertNone(wrong);
    }

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|TBD)\b")]
    private static partial Regex UnfinishedPattern();

    [GeneratedRegex(@"\bNotImplementedException\b")]
    private static partial Regex NotImplementedPattern();

    [GeneratedRegex(@"catch\s*(\(\s*Exception(\s+\w+)?\s*\)\s*)?\{(?![^{}]*\bthrow;\s*\})")]
    private static partial Regex CatchAllPattern();

    [GeneratedRegex(@"https?://(?<host>[A-Za-z0-9.-]+)")]
    private static partial Regex HostPattern();

    [GeneratedRegex(@"(?<![\w.])/(work/(wt|main|shared|\.)|home/\w|Users/\w|root/)")]
    private static partial Regex MachinePathPattern();
}
