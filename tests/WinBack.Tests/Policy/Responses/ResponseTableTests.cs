using WinBack.Core.Policy;
using WinBack.Core.Policy.Responses;

namespace WinBack.Tests.Policy.Responses;

[Trait("Rule", "V1")]
public sealed class ResponseTableTests
{
    private static readonly PlaybookModel Playbook = TestPlaybook.Model(TestPlaybook.Config(Mail("good"), Mail("bad")));

    [Fact]
    public void For_NoOutcomes_IsThePrior()
    {
        ResponseEstimate estimate = ResponseTable.Empty.For(Playbook, Segment.BoughtOnce)[0];
        Assert.Equal(new ResponseEstimate(1, 20, 0.01), estimate);
        Assert.Equal("", ResponseTable.Empty.Version);
    }

    /// <summary>40 came back where 20 were expected, in the one cell there is: by hand from the whole to the cell.</summary>
    [Fact]
    public void For_OneCell_IsDrawnTowardsTheWholeStepByStep()
    {
        var table = new ResponseTable([Cell("good", "bought_once", new ResponseCounts(200, 20_000_000, 40, 2))]);
        double whole = (200 + 40) / 220.0;
        double segment = ((200 * whole) + 40) / 220;
        double own = ((20 * segment) + 40) / 40;
        ResponseEstimate estimate = table.For(Playbook, Segment.BoughtOnce)[0];
        Assert.Equal(own, estimate.Ratio, 12);
        Assert.Equal((20 * segment) + 40, estimate.Strength, 12);
        Assert.Equal((10 + 2) / 1_200.0, estimate.UnsubscribeProbability, 12);
        Assert.Equal(segment, table.For(Playbook, Segment.BoughtOnce).Calibration, 12);
        // Another action of the segment leans on the segment, another segment on the whole.
        Assert.Equal(segment, table.For(Playbook, Segment.BoughtOnce)[1].Ratio, 12);
        Assert.Equal(whole, table.For(Playbook, Segment.BrowsedOnly)[1].Ratio, 12);
        Assert.Equal(16, table.Version.Length);
    }

    /// <summary>With more and more outcomes the estimate leaves the prior behind and is what was seen.</summary>
    [Fact]
    public void For_ManyOutcomes_IsWhatWasSeen()
    {
        double before = 1;
        foreach (long touches in new[] { 100L, 1_000, 10_000, 1_000_000 })
        {
            var table = new ResponseTable([Cell("good", "bought_once", new ResponseCounts(touches, touches * 200_000, touches / 10, 0))]);
            double ratio = table.For(Playbook, Segment.BoughtOnce)[0].Ratio;
            Assert.True(ratio < before, $"{ratio} after {touches}");
            before = ratio;
        }

        Assert.Equal(0.5, before, 3);
    }

    [Fact]
    public void Kept_ValuesOfADecision_AreThose()
    {
        var table = new ResponseTable([Cell("good", "bought_once", new ResponseCounts(200, 20_000_000, 40, 2))]);
        ResponseValues values = table.For(Playbook, Segment.BoughtOnce);
        Assert.Same(values, table.For(Playbook, Segment.BoughtOnce));
        Assert.Same(values, ResponseTable.Kept(values).For(Playbook, Segment.BrowsedOnly));
        Assert.Same(Playbook.PriorResponses, ResponseTable.Kept(null).For(Playbook, Segment.BrowsedOnly));
    }

    [Fact]
    public void Version_FollowsTheCountsAndNotTheirOrder()
    {
        KeyValuePair<(string, string), ResponseCounts>[] cells =
            [Cell("good", "bought_once", new ResponseCounts(1, 2, 3, 4)), Cell("bad", "bought_once", new ResponseCounts(5, 6, 7, 8))];
        Assert.Equal(new ResponseTable(cells).Version, new ResponseTable(cells.Reverse()).Version);
        Assert.NotEqual(new ResponseTable(cells).Version, new ResponseTable(cells[..1]).Version);
    }

    /// <summary>What outcomes teach ranks actions, and one that drives customers away, beside the others, is left alone (rules V3).</summary>
    [Fact]
    [Trait("Rule", "V3")]
    public void Review_LearntResponses_RankAndTurnDown()
    {
        PolicyReview review = Review(
            Cell("good", "bought_once", new ResponseCounts(100_000, 30_000_000_000, 36_000, 0)),
            Cell("bad", "bought_once", new ResponseCounts(100_000, 30_000_000_000, 12_000, 0)));
        Candidate good = Assert.Single(review.Ranking);
        Assert.Equal("good", good.Action);
        // 1 / 3 by the prior, 1.2 times of that by outcomes; without contact 0.2, and the segment returns 0.8 of what is expected.
        Assert.Equal(1 / 3.0, good.Terms.PriorReturnWith, 9);
        Assert.Equal(0.4, good.Terms.ReturnWith, 2);
        Assert.Equal(0.16, good.Terms.ReturnWithout, 2);
        Assert.Equal(("bad", "V3"), (Assert.Single(review.Rejections).Action, review.Rejections[0].Rule));
    }

    /// <summary>
    /// When everybody returns half as often as expected, the win-back model is wrong, and not every action useless: values
    /// are half as large, and nothing is turned down.
    /// </summary>
    [Fact]
    public void Review_AllReturnLessThanExpected_IsTheModelsFault()
    {
        PolicyReview before = Review();
        PolicyReview after = Review(
            Cell("good", "bought_once", new ResponseCounts(100_000, 30_000_000_000, 15_000, 0)),
            Cell("bad", "bought_once", new ResponseCounts(100_000, 30_000_000_000, 15_000, 0)));
        Assert.Equal(2, after.Ranking.Count);
        Assert.Equal(0.1, after.Ranking[0].Terms.ReturnWithout, 2);
        Assert.Equal(0.5, after.Ranking[0].Terms.Net / before.Ranking[0].Terms.Net, 1);
    }

    private static PolicyReview Review(params KeyValuePair<(string, string), ResponseCounts>[] cells) => PolicyReview.Of(new PolicyContext(
        Playbook, CustomerHistory.BoughtOnce(90).State, [0, 0, 0], new Scores(0.5, 0.2, []), TouchHistory.None, [], CustomerHistory.Now,
        responses: new ResponseTable(cells)));

    private static ActionConfig Mail(string name)
    {
        ActionConfig mail = TestPlaybook.Email(name);
        (mail.UnsubscribeProbability, mail.PriorStrength) = (0.01, 20);
        return mail;
    }

    private static KeyValuePair<(string, string), ResponseCounts> Cell(string action, string segment, ResponseCounts counts) =>
        KeyValuePair.Create((action, segment), counts);
}
