using System.Text.RegularExpressions;
using WinBack.Core.Decisions;

namespace WinBack.Tests.Decisions;

public sealed partial class FoldOutcomeNamesTests
{
    [Fact]
    public void Of_EveryOutcome_IsItsNameInSnakeCase() =>
        Assert.All(
            Enum.GetValues<FoldOutcome>(),
            outcome => Assert.Equal(Hump().Replace(outcome.ToString(), "_$0").ToLowerInvariant(), FoldOutcomeNames.Of(outcome)));

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Hump();
}
