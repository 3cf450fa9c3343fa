namespace WinBack.Tests.Tidy;

/// <summary>
/// Sizes of files, members and lines as a ratchet. The limits, and what is over them today, stand in sizes.txt: nothing
/// listed may grow, nothing new may be added, and what has shrunk is to be taken down. WINBACK_UPDATE_TIDY=1 writes the
/// file anew; a change that raises a number in it wants a reason in its commit.
/// </summary>
public sealed class SizeTests
{
    private static readonly string BaselinePath = RepositoryFiles.Path("tests", "WinBack.Tests", "Tidy", "sizes.txt");

    [Fact]
    public void Sizes_DoNotGrow()
    {
        SizeBaseline found = SizeBaseline.Measure(SourceFile.CSharp("src", "load"), SourceFile.CSharp("tests"));
        if (Environment.GetEnvironmentVariable("WINBACK_UPDATE_TIDY") == "1") File.WriteAllText(BaselinePath, found.ToString());
        SizeBaseline allowed = SizeBaseline.Parse(File.ReadAllLines(BaselinePath));
        Findings.AssertNone(found.Exceeding(allowed));
    }

    [Fact]
    public void Sizes_ThatShrank_AreTakenDown()
    {
        SizeBaseline found = SizeBaseline.Measure(SourceFile.CSharp("src", "load"), SourceFile.CSharp("tests"));
        SizeBaseline allowed = SizeBaseline.Parse(File.ReadAllLines(BaselinePath));
        string[] loose = [.. found.LooseIn(allowed)];
        Assert.True(
            loose.Length == 0, $"run the tests with WINBACK_UPDATE_TIDY=1 to take these down:\n{string.Join('\n', loose)}");
    }

    [Fact]
    public void Baseline_WrittenAndRead_IsTheSame()
    {
        string text = File.ReadAllText(BaselinePath);
        Assert.Equal(text, SizeBaseline.Parse(text.Split('\n')).ToString());
    }
}
