using WinBack.Core.Decisions;
using WinBack.Core.Policy;
using WinBack.Tests.Policy.Sequences;

namespace WinBack.Tests.Policy.Offers;

/// <summary>Offers keep their word: what is promised once is not promised twice, longer, or beside something else.</summary>
public sealed class OfferTests
{
    /// <summary>Noon of day 0, UTC: an offer of 14 days sent then ends with day 14.</summary>
    private static readonly DateTimeOffset EndOfDay14 = new(2026, 6, 16, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    [Trait("Rule", "S5")]
    [Trait("Rule", "A1")]
    public void DatedOffer_IsNamedOnce_RemindedOfOnTheDayBefore_AndNeverAgain()
    {
        Journey journey = Dated();
        Decision issued = journey.Reserve(0);
        journey.Confirm(issued, 0);
        Assert.Equal(("until", EndOfDay14), (issued.Action, issued.Chosen!.OfferEnd));
        Assert.Equal(EndOfDay14.AddDays(-2), journey.Ask(1).NextEligibleTime);
        Assert.Equal("", journey.Send(12.4));
        Assert.Equal("tomorrow", journey.Ask(12.5).Action);
        Assert.Equal(EndOfDay14, journey.Ask(12.6).Chosen!.OfferEnd);
        Assert.Equal("tomorrow", journey.Send(12.6));
        for (double day = 12.7; day < 200; day += 3) Assert.Equal("", journey.Send(day));
        Assert.Equal(("S5", null), journey.Why("until", 100));
    }

    [Fact]
    [Trait("Rule", "S5")]
    public void DatedOffer_ReminderMissed_IsNotMadeUpFor()
    {
        Journey journey = Dated();
        journey.Send(0);
        Assert.Equal("", journey.Send(13.5));
        Assert.Equal(("S5", null), journey.Why("tomorrow", 13.5));
    }

    /// <summary>The date is the customer's: a playbook that gives the offer more days moves nothing.</summary>
    [Fact]
    [Trait("Rule", "S5")]
    public void DatedOffer_PlaybookWithMoreDays_DateStaysAsSent()
    {
        Journey journey = Dated();
        journey.Send(0);
        Journey later = Dated(days: 30);
        later.Ledger = journey.Ledger;
        Assert.Equal(EndOfDay14, later.Ask(12.6).Chosen!.OfferEnd);
        Assert.Equal("", later.Send(20));
    }

    [Fact]
    [Trait("Rule", "S5")]
    public void DatedOffer_InTheCustomersZone_EndsWithTheirDay()
    {
        PlaybookConfig config = DatedConfig(14);
        var journey = new Journey(CustomerHistory.BoughtOnce(90).Profile(timeZone: "Asia/Tokyo"), config);
        Assert.Equal(new DateTimeOffset(2026, 6, 16, 0, 0, 0, TimeSpan.FromHours(9)), journey.Ask(0).Chosen!.OfferEnd);
    }

    /// <summary>Only what was sent binds: an offer that was reserved and released was never made.</summary>
    [Fact]
    [Trait("Rule", "S5")]
    [Trait("Rule", "S6")]
    public void OfferReleased_WasNeverMade()
    {
        Journey journey = Dated();
        Decision reserved = journey.Reserve(0);
        Assert.Equal("", journey.Ask(0.001).Action);
        Assert.True(journey.Ledger.Release(reserved.Id!.Value.Request, journey.Ledger.Advance(Journey.Start.AddMinutes(2))));
        Assert.Equal("until", journey.Send(5));
    }

    [Fact]
    [Trait("Rule", "S6")]
    public void SecondIncentive_WaitsUntilTheFirstIsOver()
    {
        ActionConfig one = Offer("one", "print"), two = Offer("two", "email");
        (one.ResponseOddsRatio, one.Offer!.Days) = (3, 10);
        var journey = new Journey(CustomerHistory.BoughtOnce(90), TestPlaybook.Config(one, two));
        Assert.Equal("one", journey.Send(0));
        Assert.Equal(("S6", 10), journey.Why("two", 9.9));
        Assert.Equal(Journey.Start.AddDays(10), journey.Ask(9).NextEligibleTime!.Value, TimeSpan.FromMilliseconds(1));
        one.Channel = "sms";
        var mails = new Journey(CustomerHistory.BoughtOnce(90), TestPlaybook.Config(one, two)) { Ledger = journey.Ledger };
        Assert.Equal("", mails.Send(9.9));
        Assert.Equal("two", mails.Send(10.1));
    }

    /// <summary>Two decisions of the same state: the second is planned before the first one reserves.</summary>
    [Fact]
    [Trait("Rule", "S6")]
    public void TwoDecisionsOfOneState_OneIncentive()
    {
        ActionConfig one = Offer("one", "print"), two = Offer("two", "email");
        one.ResponseOddsRatio = 3;
        PlaybookConfig both = TestPlaybook.Config(one, two), mailOnly = TestPlaybook.Config(two);
        var first = new Journey(CustomerHistory.BoughtOnce(90), both);
        var second = new Journey(CustomerHistory.BoughtOnce(90), mailOnly);
        Decision planned = second.Reserve(0);
        Assert.Equal("one", first.Send(0));
        Assert.Equal(-1, Reservation.Reserve(planned.Plan, first.Ledger, Journey.Start.AddSeconds(1)).Chosen);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Rule", "S7")]
    public void Code_ThatEndsBeforeTheOffer_IsNotSent(bool isDated)
    {
        ActionConfig action = Offer("code", "email");
        action.Offer = new OfferConfig
        {
            Name = "code", IsDiscount = false, Cost = 1, Days = 14, IsDated = isDated, Code = "BACK10", CodeUntil = "2026-06-20",
        };
        var journey = new Journey(CustomerHistory.BoughtOnce(90), TestPlaybook.Config(action));
        Assert.Equal("code", journey.Ask(4).Action);
        // Good to the end of June 20th: sent on the 6th, an offer of 14 days still fits, by the day and by the hour.
        Assert.Equal("code", journey.Ask(5.499).Action);
        Assert.Equal("", journey.Ask(5.5).Action);
        Assert.Equal(("S7", null), journey.Why("code", 6));
    }

    private static Journey Dated(int days = 14) => new(CustomerHistory.BoughtOnce(90), DatedConfig(days));

    private static PlaybookConfig DatedConfig(int days)
    {
        ActionConfig until = Offer("until", "email"), tomorrow = Offer("tomorrow", "email");
        until.Offer = new OfferConfig { Name = "old_price", IsDiscount = false, IsDated = true, Days = days };
        tomorrow.Offer = new OfferConfig { Name = "old_price", IsDiscount = false, IsReminder = true };
        return TestPlaybook.Config(until, tomorrow);
    }

    private static ActionConfig Offer(string name, string channel)
    {
        ActionConfig action = TestPlaybook.Action(name, channel);
        action.Offer = new OfferConfig { Name = name, IsDiscount = false, Cost = 1 };
        return action;
    }
}
