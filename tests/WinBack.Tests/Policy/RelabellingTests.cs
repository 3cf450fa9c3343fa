using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Policy;

namespace WinBack.Tests.Policy;

/// <summary>What a touch counted as when it was made is what counts, whatever a later playbook calls its action (rule C2).</summary>
[Trait("Rule", "C2")]
public sealed class RelabellingTests
{
    private static readonly DateTimeOffset Now = CustomerHistory.Now;
    private readonly CapLedger _caps = CapLedger.Empty;
    private int _requests;

    /// <summary>A news mail was marketing; called transactional now, it is none; but those sent as marketing stay marketing.</summary>
    [Fact]
    public void C2_MarketingCalledTransactional_ItsTouchesStayMarketing()
    {
        for (int i = 0; i < 2; i++) Assert.Equal("news", Decide(Playbook("marketing"), Now.AddHours(i)).Action);
        Assert.Equal(DecisionKind.NoAction, Decide(Playbook("marketing"), Now.AddHours(2)).Kind);

        Decision owed = Decide(Playbook("transactional"), Now.AddHours(3));
        Assert.Equal("news", owed.Action);
        Rejection capped = Assert.Single(Decide(Playbook("transactional", isNewsOff: true), Now.AddHours(4)).CapRejections);
        Assert.Equal(("offer", "C2 few/marketing", "2 in 7 d"), (capped.Action, capped.Rule, capped.Observed));
    }

    /// <summary>And the other way round: what was owed when it was sent does not become marketing.</summary>
    [Fact]
    public void C2_TransactionalCalledMarketing_ItsTouchesStayUncounted()
    {
        for (int i = 0; i < 5; i++) Assert.Equal("news", Decide(Playbook("transactional"), Now.AddHours(i)).Action);
        for (int i = 5; i < 7; i++) Assert.Equal(DecisionKind.Action, Decide(Playbook("marketing"), Now.AddHours(i)).Kind);
        Assert.Equal(DecisionKind.NoAction, Decide(Playbook("marketing"), Now.AddHours(7)).Kind);
    }

    /// <summary>The same of the channel: a cap on mails counts what was a mail when it was sent.</summary>
    [Fact]
    public void C2_ActionMovedToAnotherChannel_ItsTouchesStayWhereTheyWere()
    {
        PlaybookConfig mails = Playbook("marketing"), letters = Playbook("marketing");
        mails.Caps = letters.Caps = [new CapConfig { Name = "few", Scope = "channel", Limit = 2, Window = TimeSpan.FromDays(7) }];
        letters.Actions[0].Channel = "print";
        letters.Actions.RemoveAt(1);
        for (int i = 0; i < 2; i++) Assert.Equal("news", Decide(mails, Now.AddHours(i)).Action);
        for (int i = 2; i < 4; i++) Assert.Equal("news", Decide(letters, Now.AddHours(i)).Action);
        Assert.Equal(2, _caps.StampsOf("few/email").Count);
        Assert.Equal(2, _caps.StampsOf("few/print").Count);
        Assert.Equal(DecisionKind.NoAction, Decide(mails, Now.AddHours(5)).Kind);
    }

    private static PlaybookConfig Playbook(string newsCategory, bool isNewsOff = false)
    {
        ActionConfig news = TestPlaybook.Email("news"), offer = TestPlaybook.Email("offer");
        (news.Category, news.ResponseOddsRatio) = (newsCategory, 3);
        PlaybookConfig config = isNewsOff ? TestPlaybook.Config(offer) : TestPlaybook.Config(news, offer);
        config.Caps = [new CapConfig { Name = "few", Scope = "category", Limit = 2, Window = TimeSpan.FromDays(7) }];
        return config;
    }

    private Decision Decide(PlaybookConfig config, DateTimeOffset at)
    {
        var customer = new CustomerSnapshot(CustomerHistory.BoughtOnce(90).State, "", _caps);
        DecisionPlan plan = new DecisionPipeline("schema", 8).Plan(
            new DecisionRequest(new CustomerId("c"), new Guid(++_requests, 0, 0, new byte[8]), []), customer, [0, 0, 0],
            new Scores(0.8, 0.2, []), TestPlaybook.Model(config), at);
        Decision decision = DecisionPipeline.Conclude(plan, Reservation.Reserve(plan, _caps, at));
        if (decision.Chosen is not null) Assert.True(_caps.Confirm(decision.Id!.Value.Request, _caps.Advance(at)));
        return decision;
    }
}
