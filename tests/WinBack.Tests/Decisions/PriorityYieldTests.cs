using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Policy;
using WinBack.Tests.Policy;

namespace WinBack.Tests.Decisions;

[Trait("Rule", "C2")]
public sealed class PriorityYieldTests
{
    private static readonly DateTimeOffset Now = CustomerHistory.Now;

    /// <summary>The customer lapsed 30 days ago; the offer is due after 33, and there is one touch in five days.</summary>
    [Fact]
    public void C2_HigherOneDueWithinTheWindow_LowerOneYields()
    {
        Decision decision = Ask(Playbook(priority: 5, lookahead: 7));
        Assert.Equal(DecisionKind.NoAction, decision.Kind);
        Rejection yielded = Assert.Single(decision.Plan.Rejections, r => r.Rule == "C2 priority");
        Assert.Equal(("mail", EligibilityStage.Cap), (yielded.Action, yielded.Stage));
        Assert.Equal("would put off letter, due 2026-06-04T12:00Z", yielded.Observed);
        Assert.Equal(Now.AddDays(3), yielded.EligibleTime);
        Assert.Equal(Now.AddDays(3), decision.NextEligibleTime);
        Assert.Equal("letter", Ask(Playbook(priority: 5, lookahead: 7), at: Now.AddDays(3)).Action);
    }

    [Theory]
    [InlineData(0, 7)]
    [InlineData(5, 2)]
    public void C2_NoneOfHigherPriorityDueInTime_NobodyYields(int priority, int lookahead) =>
        Assert.Equal("mail", Ask(Playbook(priority, lookahead)).Action);

    [Fact]
    public void C2_BothFitUnderTheCap_NobodyYields()
    {
        PlaybookConfig config = Playbook(priority: 5, lookahead: 7);
        config.Caps[0].Limit = 2;
        Assert.Equal("mail", Ask(config).Action);
    }

    [Fact]
    public void C2_NoCapInCommon_NobodyYields()
    {
        PlaybookConfig config = Playbook(priority: 5, lookahead: 7);
        config.Caps = [new CapConfig { Name = "each", Scope = "channel", Limit = 1, Window = TimeSpan.FromDays(5) }];
        Assert.Equal("mail", Ask(config).Action);
    }

    /// <summary>Both are due now: the one of higher priority goes first, whatever the other is worth.</summary>
    [Fact]
    public void C2_BothDueNow_TheHigherOneIsChosen()
    {
        PlaybookConfig config = Playbook(priority: 5, lookahead: 7);
        config.Actions[0].ResponseOddsRatio = 5;
        Assert.Equal("letter", Ask(config, at: Now.AddDays(4)).Action);
        config.Priority.Lookahead = TimeSpan.Zero;
        config.Actions[1].Priority = null;
        Assert.Equal("mail", Ask(config, at: Now.AddDays(4)).Action);
    }

    /// <summary>A place comes free before the higher one is due, so that there is one for each.</summary>
    [Fact]
    public void C2_PlaceComesFreeBefore_IsEligibleThen()
    {
        PlaybookConfig config = Playbook(priority: 5, lookahead: 7);
        config.Caps[0].Limit = 2;
        CapLedger caps = CapLedger.Empty;
        CapUse[] uses = [new("any/all", 2, TimeSpan.FromDays(5), true)];
        caps.Take(Guid.Empty, uses, caps.Advance(Now.AddDays(-4)), TimeSpan.FromMinutes(1));
        caps.Confirm(Guid.Empty, caps.Advance(Now.AddDays(-4)));
        Decision decision = Ask(config, caps);
        // The place of four days ago is free tomorrow; today's is free before the letter is due in three days. So both fit.
        Assert.Equal("mail", decision.Action);

        config.Caps[0].Window = TimeSpan.FromDays(6);
        decision = Ask(config, caps);
        Assert.Equal("mail", decision.Action);

        config.Caps[0].Window = TimeSpan.FromDays(8);
        decision = Ask(config, caps);
        Assert.Equal((DecisionKind.NoAction, Now.AddDays(3)), (decision.Kind, decision.NextEligibleTime));
    }

    [Fact]
    public void C5_Transactional_NeverYields()
    {
        PlaybookConfig config = Playbook(priority: 5, lookahead: 7);
        config.Actions[0].Category = "transactional";
        config.Caps[0].CountsTransactional = true;
        Assert.Equal("mail", Ask(config).Action);
    }

    [Fact]
    public void Rejects_PriorityThatNobodyLooksAt()
    {
        PlaybookConfig config = Playbook(priority: 5, lookahead: 0);
        PlaybookValidator.Validate(config, TestPlaybook.Features, out IReadOnlyList<PlaybookError> errors);
        Assert.Contains(errors, e => e.Path == "actions[1].priority" && e.Problem.Contains("nobody looks at it"));
    }

    private static PlaybookConfig Playbook(int priority, int lookahead)
    {
        ActionConfig mail = TestPlaybook.Email(), letter = TestPlaybook.Action("letter", "print");
        (letter.MinLapseDays, letter.Priority) = (33, priority);
        PlaybookConfig config = TestPlaybook.Config(mail, letter);
        config.Caps = [new CapConfig { Name = "any", Limit = 1, Window = TimeSpan.FromDays(5) }];
        config.Priority.Lookahead = TimeSpan.FromDays(lookahead);
        return config;
    }

    private static Decision Ask(PlaybookConfig config, CapLedger? caps = null, DateTimeOffset? at = null)
    {
        var customer = new CustomerSnapshot(CustomerHistory.BoughtOnce(90).State, "", caps ?? CapLedger.Empty);
        DecisionPlan plan = new DecisionPipeline("schema", 8).Plan(
            new DecisionRequest(new CustomerId("c"), null, []), customer, [0, 0, 0], new Scores(0.8, 0.2, []), TestPlaybook.Model(config),
            at ?? Now);
        return DecisionPipeline.Conclude(plan, DecisionPipeline.Preview(plan, customer, at ?? Now));
    }
}
