using WinBack.Adapters.Wire;
using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Policy;
using WinBack.Tests.Policy;

namespace WinBack.Tests.Decisions;

public sealed class DecisionPipelineTests
{
    private static readonly DateTimeOffset Now = CustomerHistory.Now;
    private static readonly Guid Request = new("7f0c2b1e-0000-4000-8000-000000000001");
    private static readonly DecisionPipeline Pipeline = new("schema", 8);

    [Fact]
    public void Plan_LapsedCustomer_NamesWhatItWasMadeWith()
    {
        CustomerHistory customer = new CustomerHistory().Bought(90, category: "tea");
        DecisionPlan plan = Plan(customer, TestPlaybook.Config());
        Assert.Equal($"{CustomerPartition.Of(new CustomerId("c"), 8)}-{Request}", plan.Id.ToString());
        Assert.Equal("schema", plan.Versions.FeatureSchema);
        Assert.Equal(TestPlaybook.Model(TestPlaybook.Config()).Version, plan.Versions.Playbook);
        Assert.Matches("^[0-9a-f]{16}$", plan.Versions.State);
        Assert.Matches("^[0-9a-f]{16}$", plan.Versions.Seed);
        Assert.Equal(TimeSpan.FromDays(90), plan.Silence);
        Assert.Equal([KeyValuePair.Create("last_category_bought", "tea")], plan.ContentFacts);
    }

    [Fact]
    public void Plan_UnknownCustomer_NothingAndNeverByTime()
    {
        DecisionPlan plan = Plan(null, TestPlaybook.Config());
        Assert.Equal(("L4", "customer unknown"), (Assert.Single(plan.Rejections).Rule, plan.Rejections[0].Observed));
        Assert.Equal(("", (DateTimeOffset?)null), (plan.Versions.State, plan.EligibleTime));
    }

    [Fact]
    public void C1_ErasedCustomer_GetsNothing()
    {
        DecisionPlan plan = Plan(CustomerHistory.BoughtOnce(90).Lifecycle(LifecycleKind.Erased, 1), TestPlaybook.Config());
        Assert.Equal(("C1", "customer erased"), (Assert.Single(plan.Rejections).Rule, plan.Rejections[0].Observed));
        Assert.Empty(plan.ContentFacts);
    }

    [Fact]
    public void Conclude_Reserved_IsTheBestAction()
    {
        DecisionPlan plan = Plan(CustomerHistory.BoughtOnce(90), TestPlaybook.Config());
        Decision decision = DecisionPipeline.Conclude(plan, Reservation.Reserve(plan, CapLedger.Empty, Now));
        Assert.Equal((DecisionKind.Action, DecisionStatus.Reserved, "mail"), (decision.Kind, decision.Status, decision.Action));
        Assert.Equal(Now.AddMinutes(10), decision.ReservationExpireTime);
        Assert.Equal(1, decision.SelectionProbability);
        Assert.StartsWith("mail: return 0.2 -> 0.3333", decision.Reasons[0]);
        Assert.Equal("silent for 90 days; lapsed after 60", decision.Reasons[1]);
    }

    [Fact]
    public void Conclude_AllCapped_IsNoActionWithTheExactTime()
    {
        CapLedger ledger = CapLedger.Empty;
        PlaybookConfig config = TestPlaybook.Config(TestPlaybook.Email(), TestPlaybook.Action("card", "print"));
        config.Caps =
        [
            new CapConfig { Name = "mail_7d", Scope = "channel", Of = "email", Limit = 1, Window = TimeSpan.FromDays(7) },
            new CapConfig { Name = "any_3d", Limit = 1, Window = TimeSpan.FromDays(3) },
        ];
        DecisionPlan first = Plan(CustomerHistory.BoughtOnce(90), config, ledger);
        Reservation.Reserve(first, ledger, Now);
        ledger.Confirm(Request, ledger.Advance(Now));

        DecisionPlan plan = Plan(CustomerHistory.BoughtOnce(90), config, ledger);
        Decision decision = DecisionPipeline.Conclude(plan, Reservation.Reserve(plan, ledger, Now.AddDays(1)));
        Assert.Equal((DecisionKind.NoAction, DecisionStatus.None), (decision.Kind, decision.Status));
        Assert.Equal(Now.AddDays(3), decision.NextEligibleTime);
        Assert.Equal(["C2 mail_7d/email", "C2 any_3d/all", "C2 any_3d/all"], decision.CapRejections.Select(r => r.Rule));
        Assert.Equal("1 in 7 d", decision.CapRejections[0].Observed);
        Assert.StartsWith("capped: ", decision.Reasons[0]);
    }

    [Fact]
    public void Reasons_CauseOfEveryRejection_HidesTheRest()
    {
        PlaybookConfig config = TestPlaybook.Config(TestPlaybook.Email(), TestPlaybook.Action("text", "sms"));
        DecisionPlan plan = Plan(CustomerHistory.BoughtOnce(20), config);
        Decision decision = DecisionPipeline.Conclude(plan, Reservation.Reserve(plan, CapLedger.Empty, Now));
        Assert.Equal(3, plan.Rejections.Count);
        Assert.Equal("not eligible: L4: silent for 20 d, needs at least 60 d", decision.Reasons[0]);
    }

    [Fact]
    public void Preview_TakesNoPlace()
    {
        CapLedger ledger = CapLedger.Empty;
        var customer = CustomerSnapshot.Of(CustomerHistory.BoughtOnce(90).Blob, ledger);
        DecisionPlan plan = Pipeline.Plan(
            new DecisionRequest(new CustomerId("c"), null, []), customer, [0, 0, 0], new Scores(0.8, 0.2, []),
            TestPlaybook.Model(TestPlaybook.Config()), Now);
        Decision decision = DecisionPipeline.Conclude(plan, DecisionPipeline.Preview(plan, customer, Now));
        Assert.Equal(("mail", DecisionStatus.None, (DecisionId?)null), (decision.Action, decision.Status, decision.Id));
        Assert.Empty(ledger.OpenReservations);
        Assert.Empty(ledger.StampsOf("sequence/marketing"));
    }

    [Fact]
    public void Plan_SameInputs_SameBytes()
    {
        CustomerHistory customer = CustomerHistory.BoughtOnce(90).Viewed(80).Profile(ValueTier.Mid, "tea");
        PlaybookConfig config = TestPlaybook.Config(TestPlaybook.Email(), TestPlaybook.Action("text", "sms"));
        byte[] bytes = DecisionWire.Write(DecisionPipeline.Expect(Plan(customer, config)));
        Assert.Equal(bytes, DecisionWire.Write(DecisionPipeline.Expect(Plan(customer, config))));
        Assert.Equal(bytes, DecisionWire.Write(DecisionPipeline.Expect(DecisionWire.ReadPlan(bytes))));
    }

    /// <summary>
    /// next_eligible_time of random customers, caps and playbooks, against asking again: at that instant there is an
    /// action, a millisecond before and at random instants before there is none.
    /// </summary>
    [Theory]
    [InlineData(11, false)]
    [InlineData(12, false)]
    [InlineData(13, false)]
    [InlineData(21, true)]
    [InlineData(22, true)]
    public void NextEligibleTime_AskedAgainThen_IsExact(int seed, bool hasPriorities)
    {
        var random = new Random(seed);
        int promised = 0, never = 0;
        for (int round = 0; round < 400; round++)
        {
            CapLedger ledger = RandomLedger(random);
            CustomerHistory customer = RandomCustomer(random);
            PlaybookConfig config = RandomPlaybook(random);
            if (hasPriorities) Prioritize(config, random);
            Decision now = Ask(customer, config, ledger, Now);
            if (now.Kind == DecisionKind.Action) continue;
            TimeSpan span = TimeSpan.FromDays(700);
            if (now.NextEligibleTime is { } next)
            {
                promised++;
                Assert.True(next > Now, $"seed {seed} round {round}: {next:O} is not to come");
                // Decisions are made to the millisecond; caps know microseconds.
                DateTimeOffset then = DateTimeOffset.FromUnixTimeMilliseconds(next.AddTicks(9_999).ToUnixTimeMilliseconds());
                Assert.True(
                    Ask(customer, config, ledger, then).Kind == DecisionKind.Action,
                    $"seed {seed} round {round}: nothing at {next:O}: {Told(Ask(customer, config, ledger, then))}; before {Told(now)}");
                Assert.True(
                    Ask(customer, config, ledger, then.AddMilliseconds(-1)).Kind == DecisionKind.NoAction,
                    $"seed {seed} round {round}: something before {next:O}");
                span = next - Now;
            }
            else
            {
                never++;
            }

            for (int i = 0; i < 20; i++)
            {
                DateTimeOffset between = Now + (span * random.NextDouble());
                Assert.True(
                    Ask(customer, config, ledger, between).Kind == DecisionKind.NoAction,
                    $"seed {seed} round {round}: something at {between:O} before {now.NextEligibleTime:O}");
            }
        }

        Assert.True(promised > 50 && never > 10, $"seed {seed}: {promised} promised, {never} never");
    }

    private static Decision Ask(CustomerHistory customer, PlaybookConfig config, CapLedger ledger, DateTimeOffset at)
    {
        var snapshot = new CustomerSnapshot(customer.State, "", ledger.Copy());
        DecisionPlan plan = Pipeline.Plan(
            new DecisionRequest(new CustomerId("c"), null, []), snapshot, [0, 0, 0], new Scores(0.8, 0.2, []),
            TestPlaybook.Model(config), at);
        return DecisionPipeline.Conclude(plan, DecisionPipeline.Preview(plan, snapshot, at));
    }

    private static readonly string[] Zones = ["Europe/London", "Asia/Kathmandu", "Pacific/Auckland", "America/Los_Angeles"];

    private static CapLedger RandomLedger(Random random)
    {
        CapLedger ledger = CapLedger.Empty;
        CapUse[] caps =
        [
            new("sequence/marketing", 5, TimeSpan.FromDays(45), true),
            new("any/all", 2, TimeSpan.FromDays(10), true),
            new("mail/email", 1, TimeSpan.FromDays(7), true),
            new("period/all", 5, TimeSpan.FromDays(45), true),
        ];
        for (int i = random.Next(5); i >= 0; i--)
        {
            Guid request = new(i, 0, 0, new byte[8]);
            ledger.Take(request, caps[..random.Next(1, 5)], ledger.Advance(Now.AddDays(-random.NextDouble() * 50)), TimeSpan.FromMinutes(10));
            if (random.Next(4) > 0) ledger.Confirm(request, ledger.Advance(Now.AddDays(-60)));
        }

        return ledger;
    }

    private static CustomerHistory RandomCustomer(Random random)
    {
        var customer = new CustomerHistory();
        double last = random.NextDouble() * 600;
        customer.Bought(last + 10).Bought(last);
        if (random.Next(3) == 0) customer.Lifecycle(LifecycleKind.Cancelled, last * random.NextDouble(), LapseReason.Price);
        if (random.Next(8) == 0) customer.Consent(Channel.Email, ConsentKind.Withdrawn, 0.5);
        if (random.Next(2) == 0) customer.Profile(timeZone: Zones[random.Next(Zones.Length)]);
        return customer;
    }

    private static PlaybookConfig RandomPlaybook(Random random)
    {
        var actions = new List<ActionConfig>();
        for (int i = 0; i < 3; i++)
        {
            ActionConfig action = TestPlaybook.Action($"a{i}", random.Next(3) == 0 ? "print" : "email");
            action.MinLapseDays = random.Next(2) * random.Next(60);
            if (random.Next(2) == 0) action.MaxLapseDays = action.MinLapseDays + random.Next(1, 90);
            if (random.Next(3) == 0) action.MinSequenceDays = random.Next(1, 40);
            if (random.Next(3) == 0) action.Offer = new OfferConfig { Name = "o", Cost = 1 };
            actions.Add(action);
        }

        PlaybookConfig config = TestPlaybook.Config([.. actions]);
        config.Caps =
        [
            new CapConfig { Name = "any", Limit = 2, Window = TimeSpan.FromDays(10) },
            new CapConfig { Name = "mail", Scope = "channel", Of = "email", Limit = 1, Window = TimeSpan.FromDays(7) },
        ];
        config.SendWindows.ZonesWhenUnknown = ["Asia/Tokyo"];
        if (random.Next(3) > 0) config.SendWindows = RandomWindows(random);
        if (random.Next(2) == 0)
            config.Caps.Add(new CapConfig
            {
                Name = "period", Limit = random.Next(1, 3), Period = random.GetItems(["day", "week", "month", "sequence"], 1)[0],
            });
        return config;
    }

    private static string Told(Decision decision) => string.Join(
        "; ", decision.Plan.Rejections.Concat(decision.CapRejections).Select(r => $"{r.Action} {r.Rule} {r.Observed}, {r.EligibleTime:O}"));

    private static void Prioritize(PlaybookConfig config, Random random)
    {
        config.Priority.Lookahead = TimeSpan.FromDays(random.Next(1, 30));
        foreach (ActionConfig action in config.Actions) action.Priority = random.Next(3);
        // The bounds of the period after next are not known, so there a touch may yield sooner than it need.
        config.Caps.RemoveAll(cap => cap.Period.Length > 0);
    }

    private static SendWindowsConfig RandomWindows(Random random)
    {
        int from = random.Next(24), length = random.Next(4, 23);
        string[] days = [.. random.GetItems(["monday", "tuesday", "thursday", "friday", "sunday"], random.Next(3)).Distinct()];
        return new SendWindowsConfig
        {
            // Five hours apart at most: long windows overlap; short ones, which the validator refuses, are left out.
            ZonesWhenUnknown = length < 10 ? ["Europe/London"] : ["Europe/London", "America/New_York"],
            Windows = [new SendWindowConfig { Channel = "email", Days = [.. days], From = $"{from:00}:00", To = $"{(from + length) % 24:00}:30" }],
        };
    }

    private static DecisionPlan Plan(CustomerHistory? customer, PlaybookConfig config, CapLedger? ledger = null) => Pipeline.Plan(
        new DecisionRequest(new CustomerId("c"), Request, []),
        CustomerSnapshot.Of(customer?.Blob, ledger ?? CapLedger.Empty),
        [0, 0, 0],
        new Scores(0.8, 0.2, ["churn@1", "winback@1"]),
        TestPlaybook.Model(config),
        Now);
}
