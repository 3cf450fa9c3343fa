using WinBack.Core.Events;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Reasons;

namespace WinBack.Tests.Policy.Reasons;

[Trait("Rule", "L1")]
public sealed class ReasonEngineTests
{
    private static readonly double[] Priors = [0.15, 0.2, 0.12, 0.13, 0.1, 0.3];

    [Fact]
    public void Nothing_KnownOfTheCustomer_LeavesThePriors()
    {
        ReasonAssessment assessment = Assess(CustomerHistory.BoughtOnce(90));
        Assert.Equal(LapseReason.Unknown, assessment.Reason);
        Assert.Empty(assessment.Evidence);
        AssertClose(Priors, assessment);
    }

    [Fact]
    public void Code_MultipliesItsOdds_AndTheOthersShareTheRest()
    {
        ReasonAssessment assessment = Assess(new CustomerHistory().Bought(90).Lifecycle(LifecycleKind.Cancelled, 80, LapseReason.Switching));
        Assert.Equal(LapseReason.Switching, assessment.Reason);
        AssertClose(Bayes((LapseReason.Switching, 25)), assessment);
        Assert.Equal(("cancel_code", 25.0), (assessment.Evidence[0].Source, assessment.Evidence[0].OddsRatio));
        Assert.Equal("probability 0.7353: the reason given with the cancellation", assessment.Summary);
    }

    [Theory]
    [InlineData("too expensive", LapseReason.Price, "expensive")]
    [InlineData("Missing features!", LapseReason.ProductFit, "feature")]
    [InlineData("switched to competitor", LapseReason.Switching, "competitor")]
    [InlineData("nobody ever answered my tickets", LapseReason.SupportFriction, "ticket")]
    [InlineData("we stopped using it, no time", LapseReason.Neglect, "time")]
    public void Text_IsTagged_WithTheWordsThatDecided(string text, LapseReason reason, string word)
    {
        ReasonAssessment assessment = Assess(Cancelled(text));
        Assert.Equal(reason, assessment.Reason);
        ReasonEvidence evidence = Assert.Single(assessment.Evidence);
        Assert.Equal(("cancel_text", reason), (evidence.Source, evidence.Reason));
        Assert.Contains(word, evidence.Words);
        Assert.InRange(evidence.OddsRatio, 2, 40);
    }

    [Fact]
    public void Text_OfUnknownWords_IsNoEvidence() => AssertClose(Priors, Assess(Cancelled("xyzzy 12345")));

    [Fact]
    public void TextAndCode_ThatAgree_AreSurerThanEither()
    {
        double code = Assess(Cancelled("", LapseReason.Price))[LapseReason.Price];
        double text = Assess(Cancelled("too expensive"))[LapseReason.Price];
        double both = Assess(Cancelled("too expensive", LapseReason.Price))[LapseReason.Price];
        Assert.True(both > Math.Max(code, text), $"{both} of {code} and {text}");
    }

    [Fact]
    public void SupportCaseLast_SpeaksForSupport_UnlessSomethingCameAfter()
    {
        CustomerHistory last = new CustomerHistory().Bought(90).OpenedSupportCase(80);
        AssertClose(
            Bayes((LapseReason.SupportFriction, 8), (LapseReason.ProductFit, 1.5), (LapseReason.Neglect, 0.5)), Assess(last));
        Assert.Equal(LapseReason.SupportFriction, Assess(last).Reason);
        Assert.Empty(Assess(new CustomerHistory().OpenedSupportCase(90).Bought(80)).Evidence);
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(5, 0.4)]
    [InlineData(3, 1)]
    public void Satisfaction_SpeaksForOrAgainstSupport(int rating, double ratio) => AssertClose(
        Bayes((LapseReason.SupportFriction, ratio)), Assess(new CustomerHistory().RatedSupport(95, rating).Bought(90)));

    [Fact]
    public void Satisfaction_LongBeforeTheEnd_SaysNothing() =>
        Assert.Empty(Assess(new CustomerHistory().RatedSupport(190, 1).Bought(90)).Evidence);

    [Fact]
    public void FailedPayment_SpeaksForPrice_UntilOneSucceeds()
    {
        AssertClose(Bayes((LapseReason.Price, 3)), Assess(CustomerHistory.BoughtOnce(90).PaymentFailed(85)));
        Assert.Empty(Assess(CustomerHistory.BoughtOnce(90).PaymentFailed(85).Paid(84)).Evidence);
        Assert.Empty(Assess(new CustomerHistory().PaymentFailed(140).Bought(90)).Evidence);
    }

    [Fact]
    public void LongSilenceBeforeCancelling_IsNeglect_UseToTheEndIsNot()
    {
        ReasonAssessment silent = Assess(new CustomerHistory().LoggedIn(100).Lifecycle(LifecycleKind.Cancelled, 60));
        AssertClose(Bayes((LapseReason.Neglect, 8), (LapseReason.Switching, 1.5)), silent);
        Assert.Equal(LapseReason.Neglect, silent.Reason);
        ReasonAssessment busy = Assess(new CustomerHistory().LoggedIn(61).Lifecycle(LifecycleKind.Cancelled, 60));
        AssertClose(Bayes((LapseReason.Neglect, 0.25), (LapseReason.Price, 1.5), (LapseReason.Switching, 1.5)), busy);
        Assert.Empty(Assess(new CustomerHistory().LoggedIn(80).Lifecycle(LifecycleKind.Cancelled, 60)).Evidence);
    }

    [Fact]
    public void FallingUse_SpeaksForNeglect()
    {
        var falling = new CustomerHistory();
        for (int week = 12; week > 5; week--) falling.Used(90 + (7 * week), 4);
        falling.Used(90);
        AssertClose(Bayes((LapseReason.Neglect, 2), (LapseReason.ProductFit, 1.3)), Assess(falling));
        var steady = new CustomerHistory();
        for (int week = 12; week >= 0; week--) steady.Used(90 + (7 * week), 4);
        Assert.Empty(Assess(steady).Evidence);
    }

    [Fact]
    public void Errors_SpeakForProductFit()
    {
        AssertClose(
            Bayes((LapseReason.ProductFit, 2), (LapseReason.SupportFriction, 1.5)), Assess(new CustomerHistory().Used(90, 10, errors: 1)));
        Assert.Empty(Assess(new CustomerHistory().Used(90, 11, errors: 1)).Evidence);
    }

    [Fact]
    public void ReasonOfAnEarlierLapse_SaysNothingOfThisOne()
    {
        CustomerHistory back = new CustomerHistory().Lifecycle(LifecycleKind.Cancelled, 300, LapseReason.Price, "too expensive")
            .Answered(299, LapseReason.Price).Lifecycle(LifecycleKind.Reactivated, 200);
        AssertClose(Priors, Assess(back));
    }

    [Fact]
    public void Playbook_PriorsRatiosAndThreshold_AreWhatCounts()
    {
        PlaybookConfig config = TestPlaybook.Config();
        config.Reasons.Priors["neglect"] = 1;
        config.Reasons.LikelihoodRatios["failed_payment"] = new() { ["price"] = 20 };
        config.Reasons.KnownFrom = 0.8;
        CustomerHistory customer = CustomerHistory.BoughtOnce(90).PaymentFailed(85);
        double[] expected = Normal([0.15 * 20, 1, 0.12, 0.13, 0.1, 0.3]);
        AssertClose(expected, Assess(customer, config));
        Assert.Equal(LapseReason.Unknown, Assess(customer, config).Reason);
        Assert.Equal("the likeliest is price with 0.6452, which is too little", Assess(customer, config).Summary);
    }

    [Fact]
    public void Assessment_OfEqualStates_IsTheSameBitForBit()
    {
        CustomerHistory customer = Cancelled("too expensive and missing features").PaymentFailed(81);
        ReasonAssessment first = Assess(customer);
        for (int i = 0; i < 20; i++)
        {
            ReasonAssessment again = Assess(customer);
            Assert.Equal(first.Probabilities.Select(BitConverter.DoubleToInt64Bits), again.Probabilities.Select(BitConverter.DoubleToInt64Bits));
        }
    }

    private static CustomerHistory Cancelled(string text, LapseReason reason = LapseReason.None) =>
        new CustomerHistory().Bought(90).Lifecycle(LifecycleKind.Cancelled, 80, reason, text);

    private static ReasonAssessment Assess(CustomerHistory customer, PlaybookConfig? config = null) =>
        ReasonEngine.Assess(customer.State, TestPlaybook.Model(config ?? TestPlaybook.Config()).Reasons);

    private static double[] Bayes(params (LapseReason Reason, double Ratio)[] evidence)
    {
        double[] odds = [.. Priors];
        foreach ((LapseReason reason, double ratio) in evidence) odds[(int)reason - 1] *= ratio;
        return Normal(odds);
    }

    private static double[] Normal(double[] odds) => [.. odds.Select(o => o / odds.Sum())];

    private static void AssertClose(double[] expected, ReasonAssessment found)
    {
        Assert.Equal(1, found.Probabilities.Sum(), 12);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], found.Probabilities[i], 10);
    }
}
