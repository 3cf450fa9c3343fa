using WinBack.Adapters.Wire;
using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Experiments;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Experiments;
using WinBack.Tests.Policy;
using WinBack.Tests.Policy.Experiments;

namespace WinBack.Tests.Decisions;

/// <summary>Experiments and holdout through the whole pipeline.</summary>
public sealed class ExperimentDecisionTests
{
    private static readonly DateTimeOffset Now = CustomerHistory.Now;
    private static readonly DecisionPipeline Pipeline = new("schema", 8);

    [Fact]
    [Trait("Rule", "E1")]
    public void Variant_ChangesWhatIsSent_AndIsStored()
    {
        PlaybookModel playbook = TestPlaybook.Model(TestExperiments.With(TestExperiments.Subject()));
        foreach (bool isControl in new[] { true, false })
        {
            CustomerId customer = First(playbook, e => e.VariantOf, isControl);
            Decision decision = Decide(customer, playbook, CapLedger.Empty);
            Assert.Equal(isControl ? "c" : "email/question", decision.Chosen!.Content);
            ExperimentAssignment assignment = Assert.Single(DecisionWire.ReadPlan(DecisionWire.Write(decision)).Experiments.Assignments);
            Assert.Equal(new("subject/s1", isControl ? "control" : "question", 100, 0.5, SuccessKind.Returned, TimeSpan.FromDays(30)), assignment);
        }
    }

    [Fact]
    [Trait("Rule", "E1")]
    public void Variant_IsStoredWithNoActionToo()
    {
        PlaybookModel playbook = TestPlaybook.Model(TestExperiments.With(TestExperiments.Subject()));
        CapLedger full = CapLedger.Empty;
        for (int i = 0; i < 5; i++) full.Take(new Guid(i, 0, 0, new byte[8]), [playbook.SequenceCap], full.Advance(Now), TimeSpan.FromDays(1));
        Decision decision = Decide(new CustomerId("c1"), playbook, full);
        Assert.Equal(DecisionKind.NoAction, decision.Kind);
        Assert.Single(decision.Plan.Experiments.Assignments);
    }

    [Fact]
    [Trait("Rule", "E1")]
    public void Variant_AddsForbidsAndOrdersChannels()
    {
        ExperimentConfig experiment = TestExperiments.Subject();
        experiment.Variants =
        [
            new VariantConfig { Name = "control", Share = 25 },
            new VariantConfig { Name = "post_first", Share = 25, ChannelOrder = ["print"] },
            new VariantConfig { Name = "no_card", Share = 25, Forbids = ["card"] },
            new VariantConfig { Name = "with_new", Share = 25, Adds = ["new"] },
        ];
        PlaybookConfig config = TestExperiments.With(experiment);
        config.Actions[0].ResponseOddsRatio = 3;
        ActionConfig added = TestPlaybook.Email("new");
        added.ResponseOddsRatio = 4;
        config.Actions.Add(added);
        PlaybookModel playbook = TestPlaybook.Model(config);
        var rankings = new Dictionary<string, string>();
        for (int i = 0; rankings.Count < 4; i++)
        {
            DecisionPlan plan = Plan(new CustomerId($"c{i}"), playbook, CapLedger.Empty);
            string variant = plan.Experiments.Assignments[0].Variant;
            rankings[variant] = string.Join(' ', plan.Ranking.Select(c => c.Action));
            string stage = string.Join(' ', plan.Rejections.Where(r => r.Stage == EligibilityStage.Experiment).Select(r => r.Action));
            Assert.Equal(variant switch { "no_card" => "card new", "with_new" => "", _ => "new" }, stage);
        }

        Assert.Equal("mail card", rankings["control"]);
        Assert.Equal("card mail", rankings["post_first"]);
        Assert.Equal("mail", rankings["no_card"]);
        Assert.Equal("new mail card", rankings["with_new"]);
    }

    [Theory]
    [Trait("Rule", "E1")]
    [InlineData("2026-05-01", "2026-06-01")]
    [InlineData("2026-06-02", "2026-07-01")]
    public void Experiment_OutsideOfItsTime_AssignsNobody(string start, string end)
    {
        ExperimentConfig experiment = TestExperiments.Subject();
        (experiment.Start, experiment.End) = (start, end);
        Assert.Empty(Plan(new CustomerId("c"), TestPlaybook.Model(TestExperiments.With(experiment)), CapLedger.Empty).Experiments.Assignments);
    }

    [Fact]
    [Trait("Rule", "E1")]
    public void Experiment_OutsideOfItsAudience_AssignsNobody()
    {
        ExperimentConfig experiment = TestExperiments.Subject();
        experiment.Audience.Segments = ["bought_repeatedly"];
        Assert.Empty(Plan(new CustomerId("c"), TestPlaybook.Model(TestExperiments.With(experiment)), CapLedger.Empty).Experiments.Assignments);
        experiment.Audience.Segments = ["bought_once"];
        Assert.Single(Plan(new CustomerId("c"), TestPlaybook.Model(TestExperiments.With(experiment)), CapLedger.Empty).Experiments.Assignments);
    }

    [Fact]
    [Trait("Rule", "E3")]
    public void Experiment_Stopped_AssignsNobody_AndTheStageIsStored()
    {
        PlaybookModel playbook = TestPlaybook.Model(TestExperiments.With(TestExperiments.Subject()));
        ExperimentStage stopped = new("subject/s1", ExperimentStatus.Stopped, 0);
        playbook = playbook with { Experiments = playbook.Experiments.At([stopped, new("another/s", ExperimentStatus.Running, 5)]) };
        DecisionPlan plan = Plan(new CustomerId("c"), playbook, CapLedger.Empty);
        Assert.Empty(plan.Experiments.Assignments);
        Assert.Equal([stopped], DecisionWire.ReadPlan(DecisionWire.Write(DecisionPipeline.Expect(plan))).Experiments.Stages);
    }

    [Fact]
    [Trait("Rule", "E2")]
    public void Holdout_GetsNothing_AndTheGhostIsWhatItWouldHaveGot()
    {
        PlaybookConfig config = TestExperiments.HeldOut(50, TestPlaybook.Email(), TestPlaybook.Action("card", "print"));
        config.Caps = [new CapConfig { Name = "mail_7d", Scope = "channel", Of = "email", Limit = 1, Window = TimeSpan.FromDays(7) }];
        PlaybookModel playbook = TestPlaybook.Model(config);
        PlaybookModel open = playbook with { Experiments = ExperimentPlan.None };
        for (int i = 0; i < 40; i++)
        {
            var customer = new CustomerId($"c{i}");
            CapLedger caps = RandomLedger(i, playbook);
            string before = Stamps(caps);
            Decision decision = Decide(customer, playbook, caps);
            Decision otherwise = Decide(customer, open, RandomLedger(i, playbook));
            if (!playbook.Experiments.Holdout.Holds(customer))
            {
                Assert.Equal((otherwise.Kind, otherwise.Action), (decision.Kind, decision.Action));
                Assert.Null(decision.Plan.Experiments.Ghost);
                continue;
            }

            Assert.Equal((DecisionKind.NoAction, DecisionStatus.None), (decision.Kind, decision.Status));
            Assert.Equal(before, Stamps(caps));
            Assert.Equal(otherwise.Action, decision.Plan.Experiments.Ghost?.Action ?? "");
            Assert.Equal(otherwise.Chosen?.ExpectedValueMicros, decision.Plan.Experiments.Ghost?.ExpectedValueMicros);
            Assert.Null(decision.NextEligibleTime);
            Assert.Equal("holdout", Assert.Single(decision.Plan.Experiments.Assignments).Experiment);
            Assert.Equal(
                otherwise.Kind == DecisionKind.Action, decision.Plan.Rejections.Any(r => r.Stage == EligibilityStage.Holdout && r.Rule == "E2"));
            Assert.Equal(
                decision.Plan.Experiments.Ghost, DecisionWire.ReadPlan(DecisionWire.Write(decision)).Experiments.Ghost);
        }
    }

    [Fact]
    [Trait("Rule", "E2")]
    public void Holdout_StillGetsWhatIsOwed()
    {
        ActionConfig receipt = TestPlaybook.Email("receipt");
        (receipt.Category, receipt.ResponseOddsRatio) = ("transactional", 1);
        PlaybookModel playbook = TestPlaybook.Model(TestExperiments.HeldOut(50, TestPlaybook.Email(), receipt));
        CustomerId held = Enumerable.Range(0, 100).Select(i => new CustomerId($"c{i}")).First(playbook.Experiments.Holdout.Holds);
        Decision decision = Decide(held, playbook, CapLedger.Empty);
        Assert.Equal(("receipt", "mail"), (decision.Action, decision.Plan.Experiments.Ghost!.Action));
    }

    [Fact]
    [Trait("Rule", "E2")]
    public void Holdout_IsInNoExperiment()
    {
        PlaybookConfig config = TestExperiments.With(TestExperiments.Subject());
        config.Holdout = new HoldoutConfig { Percent = 50, Salt = "h1" };
        PlaybookModel playbook = TestPlaybook.Model(config);
        for (int i = 0; i < 40; i++)
        {
            var customer = new CustomerId($"c{i}");
            string expected = playbook.Experiments.Holdout.Holds(customer) ? "holdout" : "subject/s1";
            Assert.Equal(expected, Assert.Single(Plan(customer, playbook, CapLedger.Empty).Experiments.Assignments).Experiment);
        }
    }

    private static CustomerId First(PlaybookModel playbook, Func<ExperimentModel, Func<CustomerId, VariantModel>> variantOf, bool isControl) =>
        Enumerable.Range(0, 100).Select(i => new CustomerId($"c{i}"))
            .First(c => variantOf(playbook.Experiments.Experiments[0])(c).IsControl == isControl);

    private static CapLedger RandomLedger(int seed, PlaybookModel playbook)
    {
        CapLedger caps = CapLedger.Empty;
        var random = new Random(seed);
        for (int i = random.Next(6); i > 0; i--)
        {
            Guid request = new(i, 0, 0, new byte[8]);
            caps.Take(request, playbook.Actions[random.Next(2)].Caps, caps.Advance(Now.AddDays(-random.Next(40))), TimeSpan.FromMinutes(1));
            caps.Confirm(request, caps.Advance(Now.AddDays(-50)));
        }

        return caps;
    }

    private static string Stamps(CapLedger caps) => string.Join(
        ' ', new[] { "sequence/marketing", "mail_7d/email" }.SelectMany(caps.StampsOf).Append(caps.OpenReservations.Count));

    private static Decision Decide(CustomerId customer, PlaybookModel playbook, CapLedger caps)
    {
        DecisionPlan plan = Plan(customer, playbook, caps);
        return DecisionPipeline.Conclude(plan, Reservation.Reserve(plan, caps, Now));
    }

    private static DecisionPlan Plan(CustomerId customer, PlaybookModel playbook, CapLedger caps) => Pipeline.Plan(
        new DecisionRequest(customer, new Guid("7f0c2b1e-0000-4000-8000-000000000001"), []),
        new CustomerSnapshot(CustomerHistory.BoughtOnce(90).State, "5f", caps),
        [0, 0, 0],
        new Scores(0.8, 0.2, []),
        playbook,
        Now);
}
