namespace WinBack.Tests.Tidy;

internal static class Findings
{
    /// <summary>Fails with every finding on a line of its own, which Assert.Empty would cut short.</summary>
    internal static void AssertNone(IEnumerable<string> findings)
    {
        string[] all = [.. findings];
        Assert.True(all.Length == 0, string.Join('\n', all.Prepend($"{all.Length} found:")));
    }
}
