using WinBack.Core.Events;
using WinBack.Core.Policy;

namespace WinBack.Tests.Policy.Reasons;

/// <summary>Whoever left for no known reason is asked, and the answer decides what comes next.</summary>
[Trait("Rule", "A5")]
public sealed class AskFirstTests
{
    [Fact]
    public void ReasonUnknown_IsAskedFirst() => Assert.Equal(["ask"], Eligible(Silent()));

    [Theory]
    [InlineData(LapseReason.Price, "", "keep_price")]
    [InlineData(LapseReason.None, "it was too expensive", "keep_price")]
    [InlineData(LapseReason.Switching, "", "comparison")]
    [InlineData(LapseReason.None, "we moved to a competitor", "comparison")]
    public void Answer_Routes_ThoughTheCustomerIsLapsedBySilenceOnly(LapseReason reason, string text, string action) =>
        Assert.Equal([action], Eligible(Silent().Answered(1, reason, text)));

    [Fact]
    public void AnswerWithoutSense_IsAskedOn() => Assert.Equal(["ask"], Eligible(Silent().Answered(1, text: "xyzzy")));

    [Fact]
    public void LaterAnswer_ReplacesTheEarlierOne_CodeAndWords()
    {
        CustomerHistory customer = Silent().Answered(2, LapseReason.Price, "too expensive").Answered(1, LapseReason.Switching);
        Assert.Equal(["comparison"], Eligible(customer));
    }

    [Fact]
    public void ReturnAfterTheAnswer_EndsTheLapse() => Assert.Empty(Eligible(Silent().Answered(3, LapseReason.Price).Bought(1)));

    private static CustomerHistory Silent() => CustomerHistory.BoughtOnce(90);

    private static string[] Eligible(CustomerHistory customer)
    {
        PlaybookModel playbook = TestPlaybook.Model(TestPlaybook.Config(
            For("ask", "unknown"), For("keep_price", "price"), For("comparison", "switching")));
        var context = new PolicyContext(
            playbook, customer.State, [0, 0, 0], new Scores(0.8, 0.2, []), TouchHistory.None, [], CustomerHistory.Now);
        return [.. PolicyReview.Of(context).Ranking.Select(candidate => candidate.Action)];
    }

    private static ActionConfig For(string name, string reason)
    {
        ActionConfig action = TestPlaybook.Email(name);
        action.Reasons.Add(reason);
        return action;
    }
}
