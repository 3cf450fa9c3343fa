using WinBack.Adapters.Wire;
using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Updates;

namespace WinBack.Tests.Policy.Updates;

public sealed class UpdateRulesTests
{
    private static readonly DateTimeOffset Now = CustomerHistory.Now;
    private static readonly ProductUpdate Sync = new("u1", "Calendar sync", [], ["calendar sync"], Now.AddDays(-3), Now.AddDays(27));

    [Fact]
    [Trait("Rule", "L6")]
    public void ProductFit_GetsNothing_UntilAnUpdateThatAddressesIt()
    {
        Assert.Equal(["L6"], Rules(Plan(Left(), Mail())));
        Assert.Equal(["L6"], Rules(Plan(Left(), Mail(), Sync with { Tags = ["dark mode"] })));
        Assert.Equal(["mail"], Ranked(Plan(Left(), Mail(), Sync)));
    }

    [Fact]
    [Trait("Rule", "L6")]
    public void Update_FromBeforeTheyLeft_AddressesNothing() =>
        Assert.Equal(["L6"], Rules(Plan(Left(), Mail(), Sync with { PublishTime = Now.AddDays(-81) })));

    [Fact]
    [Trait("Rule", "L6")]
    public void Update_ToCome_IsWhenTheAnswerChanges()
    {
        DecisionPlan plan = Plan(Left(), Mail(), Sync with { PublishTime = Now.AddDays(4) });
        Assert.Equal(Now.AddDays(4), plan.EligibleTime);
        Assert.Equal("u1", Assert.Single(plan.Updates).Id);
    }

    [Theory]
    [InlineData("I need Calendar-Sync.", true)]
    [InlineData("calendar async", false)]
    [InlineData("no calendar", false)]
    [Trait("Rule", "A6")]
    public void Tag_MatchesWholeWordsOfWhatTheyTold(string text, bool isMatch) =>
        Assert.Equal(isMatch, Plan(Left(text), Mail(), Sync).Ranking.Count == 1);

    [Fact]
    [Trait("Rule", "A6")]
    public void Update_WithoutTags_IsForAllOfItsReasons()
    {
        ProductUpdate general = Sync with { Tags = [], Reasons = [LapseReason.Switching] };
        CustomerHistory switched = new CustomerHistory().LoggedIn(90).Lifecycle(LifecycleKind.Cancelled, 80, LapseReason.Switching);
        Assert.Equal(["announce"], Ranked(Plan(switched, Announce(), general)));
        Assert.Equal(["L6", "A6"], Rules(Plan(Left(), Announce(), general)));
        Assert.Equal(["A6"], Rules(Plan(switched, Announce())));
    }

    [Fact]
    [Trait("Rule", "A6")]
    public void Announcement_EndsWithTheReturnWindow_AndNamesProblemFixAndDate()
    {
        DecisionPlan plan = Plan(Left(), Announce(), Sync);
        Assert.Equal(Sync.ReturnUntil, Assert.Single(plan.Ranking).CloseTime);
        Dictionary<string, string> facts = plan.ContentFacts.ToDictionary();
        Assert.Equal(
            ("calendar sync", "Calendar sync", "2026-06-28T12:00:00Z"),
            (facts["update_problem"], facts["update_title"], facts["update_return_until"]));
        Assert.Equal(["A6"], Rules(Plan(Left(), Announce(), Sync with { ReturnUntil = Now })));
    }

    [Fact]
    [Trait("Rule", "A6")]
    public void Announcement_LostMoreThan18Months_Rejected()
    {
        CustomerHistory lost = new CustomerHistory().LoggedIn(550)
            .Lifecycle(LifecycleKind.Cancelled, 548, LapseReason.ProductFit, "no calendar sync").Viewed(10);
        Assert.Equal(["A6"], Rules(Plan(lost, Announce(), Sync)));
    }

    [Fact]
    [Trait("Rule", "A6")]
    public void Announcement_TwiceAQuarter_CappedUntilTheQuarterIsOver()
    {
        PlaybookConfig config = Announce();
        CapLedger caps = CapLedger.Empty;
        DecisionPlan first = Plan(Left(), config, Sync);
        Reservation.Reserve(first, caps, Now);
        Assert.True(caps.Confirm(first.Id!.Value.Request, (Now - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond));
        DecisionPlan second = Plan(Left(), config, Sync with { ReturnUntil = null });
        Decision capped = DecisionPipeline.Conclude(
            second, DecisionPipeline.Preview(second, new CustomerSnapshot(Left().State, "", caps), Now.AddDays(5)));
        Assert.Equal(("C2 a_quarter/announce", Now.AddDays(90)), (capped.CapRejections[0].Rule, capped.NextEligibleTime));
    }

    [Fact]
    [Trait("Rule", "A6")]
    public void Validator_AnnouncementWithoutACapOfAQuarterOrWithADiscount_Refused()
    {
        PlaybookConfig config = Announce();
        Assert.NotNull(PlaybookValidator.Validate(config, TestPlaybook.Features, out _));
        config.Caps[0].Window = TimeSpan.FromDays(60);
        config.Actions[0].Offer = new OfferConfig { Name = "ten", CostOfOrder = 0.1 };
        Assert.Null(PlaybookValidator.Validate(config, TestPlaybook.Features, out IReadOnlyList<PlaybookError> errors));
        Assert.Equal(2, errors.Count(e => e.Path == "actions[0].product_update" && e.Rule == "A6"));
    }

    [Fact]
    [Trait("Rule", "L6")]
    public void Decision_MadeAgainFromTheUpdatesItKept_IsTheSame()
    {
        ProductUpdate[] all = [Sync, Sync with { Id = "u0", PublishTime = Now.AddDays(-9) }, Sync with { Id = "u2", PublishTime = Now.AddDays(9) }];
        DecisionPlan plan = Plan(Left(), Announce(), all);
        DecisionPlan read = DecisionWire.ReadPlan(DecisionWire.Write(DecisionPipeline.Expect(plan)));
        Assert.Equal(["u1", "u2"], read.Updates.Select(update => update.Id));
        DecisionPlan again = Plan(Left(), Announce(), [.. read.Updates]);
        Assert.Equal(DecisionWire.Write(DecisionPipeline.Expect(plan)), DecisionWire.Write(DecisionPipeline.Expect(again)));
    }

    private static CustomerHistory Left(string text = "there is no calendar sync") =>
        new CustomerHistory().LoggedIn(90).Lifecycle(LifecycleKind.Cancelled, 80, LapseReason.ProductFit, text);

    private static PlaybookConfig Mail() => TestPlaybook.Config();

    private static PlaybookConfig Announce()
    {
        ActionConfig action = TestPlaybook.Email("announce");
        action.ProductUpdate = true;
        PlaybookConfig config = TestPlaybook.Config(action);
        config.Caps.Add(new CapConfig { Name = "a_quarter", Scope = "action", Of = "announce", Limit = 1, Window = TimeSpan.FromDays(90) });
        return config;
    }

    private static DecisionPlan Plan(CustomerHistory customer, PlaybookConfig config, params ProductUpdate[] updates) =>
        new DecisionPipeline("schema", 8).Plan(
            new DecisionRequest(new CustomerId("c"), new Guid(1, 2, 3, new byte[8]), []),
            CustomerSnapshot.Of(customer.Blob, CapLedger.Empty), [0, 0, 0], new Scores(0.8, 0.2, []), TestPlaybook.Model(config), Now,
            updates: new UpdateCatalogue(updates));

    private static string[] Rules(DecisionPlan plan) => [.. plan.Rejections.Select(rejection => rejection.Rule)];

    private static string[] Ranked(DecisionPlan plan) => [.. plan.Ranking.Select(candidate => candidate.Action)];
}
