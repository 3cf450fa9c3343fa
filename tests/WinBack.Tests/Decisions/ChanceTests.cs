using WinBack.Adapters.Wire;
using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Responses;
using WinBack.Tests.Policy;

namespace WinBack.Tests.Decisions;

/// <summary>Choices that involve chance, and the probabilities logged with them.</summary>
[Trait("Rule", "E4")]
public sealed class ChanceTests
{
    private const int Requests = 20_000;
    private static readonly DateTimeOffset Now = CustomerHistory.Now;
    private static readonly DecisionPipeline Pipeline = new("schema", 8);
    private static readonly byte[] Blob = CustomerHistory.BoughtOnce(90).Blob;

    [Fact]
    public void Decide_ManyRequests_ComeAsOftenAsLogged() => AssertSharesAsLogged(CapLedger.Empty, CapLedger.Empty, Config());

    [Fact]
    public void Decide_OneIsCapped_TheOthersComeAsOftenAsLogged()
    {
        CapLedger capped = Capped("call");
        AssertSharesAsLogged(capped, capped, Config());
    }

    /// <summary>
    /// Another request took the place between reading and reserving. Whoever was drawn after the one that was turned down has
    /// its share without it; of whoever was drawn before it, nobody asked, and the share is the one as read.
    /// </summary>
    [Fact]
    public void Decide_CappedOnlyWhenReserved_IsLoggedWithWhatWasAsked()
    {
        PlaybookModel playbook = TestPlaybook.Model(Config());
        int asked = 0;
        for (int i = 0; i < 2_000; i++)
        {
            Decision decision = Decide(i, CapLedger.Empty, Capped("call"), playbook);
            int weight = decision.Chosen?.DrawWeight ?? decision.Plan.Chance!.NothingWeight;
            bool isAsked = decision.CapRejections.Count > 0;
            if (isAsked) asked++;
            int gone = isAsked ? decision.Plan.Ranking.Single(c => c.Action == "call").DrawWeight : 0;
            Assert.Equal(weight / (1e6 - gone), decision.SelectionProbability, 12);
            Assert.NotEqual("call", decision.Action);
        }

        Assert.InRange(asked, 200, 1_800);
    }

    [Fact]
    public void Decide_OneAction_NothingComesAsOftenAsLogged()
    {
        PlaybookConfig config = Config();
        config.Actions.RemoveRange(1, config.Actions.Count - 1);
        AssertSharesAsLogged(CapLedger.Empty, CapLedger.Empty, config);
    }

    [Fact]
    public void Decide_SameRequest_SameDecisionToTheLastBit()
    {
        PlaybookModel playbook = TestPlaybook.Model(Config());
        for (int i = 0; i < 200; i++)
        {
            byte[] bytes = DecisionWire.Write(DecisionPipeline.Expect(Plan(i, CapLedger.Empty, playbook)));
            Assert.Equal(bytes, DecisionWire.Write(DecisionPipeline.Expect(Plan(i, CapLedger.Empty, playbook))));
            Assert.Equal(bytes, DecisionWire.Write(DecisionPipeline.Expect(DecisionWire.ReadPlan(bytes))));
        }
    }

    /// <summary>What was learnt stands in the decision, as far as it was used: it is made again without the table.</summary>
    [Fact]
    public void Decide_WithLearntResponses_IsMadeAgainFromWhatWasKept()
    {
        PlaybookModel playbook = TestPlaybook.Model(Config());
        var table = new ResponseTable(
        [
            KeyValuePair.Create(("call", "bought_once"), new ResponseCounts(1_000, 300_000_000, 270, 4)),
            KeyValuePair.Create(("email", "bought_once"), new ResponseCounts(1_000, 300_000_000, 360, 1)),
        ]);
        for (int i = 0; i < 50; i++)
        {
            byte[] bytes = DecisionWire.Write(DecisionPipeline.Expect(Plan(i, CapLedger.Empty, playbook, responses: table)));
            DecisionPlan kept = DecisionWire.ReadPlan(bytes);
            Assert.Equal(table.Version, kept.Responses!.Version);
            Assert.NotEqual(1, kept.Responses.Calibration);
            DecisionPlan again = Plan(i, CapLedger.Empty, playbook, responses: ResponseTable.Kept(kept.Responses));
            Assert.Equal(bytes, DecisionWire.Write(DecisionPipeline.Expect(again)));
        }
    }

    /// <summary>From priors that have the order wrong, chance and outcomes find the action that works best.</summary>
    [Fact]
    public void Decide_RoundAfterRound_FindsTheBestAction()
    {
        PlaybookConfig config = Config();
        foreach (ActionConfig action in config.Actions) (action.PriorStrength, action.ContactCost) = (20, 0);
        PlaybookModel playbook = TestPlaybook.Model(config);
        // The prior thinks least of advertisement, which works best.
        var works = new Dictionary<string, double> { ["email"] = 0.25, ["call"] = 0.25, ["print"] = 0.25, ["advertisement"] = 0.4 };
        var random = new Random(11);
        var cells = new Dictionary<(string Action, string Segment), ResponseCounts>();
        double share = 0;
        for (int round = 0; round < 25; round++)
        {
            Decision[] decisions = Enumerable.Range(round * 300, 300)
                .Select(i => Decide(i, CapLedger.Empty, CapLedger.Empty, playbook, responses: new ResponseTable(cells))).ToArray();
            share = decisions.Count(d => d.Action == "advertisement") / 300.0;
            if (round == 0) Assert.True(share < 0.3, $"{share} at first");
            foreach (Decision decision in decisions.Where(d => d.Kind == DecisionKind.Action))
            {
                (string, string) cell = (decision.Action, decision.Plan.Segment);
                long expected = (long)Math.Round(decision.Chosen!.Terms.PriorReturnWith * 1e6);
                cells[cell] = cells.GetValueOrDefault(cell)
                    + new ResponseCounts(1, expected, random.NextDouble() < works[decision.Action] ? 1 : 0, 0);
            }
        }

        Assert.True(share > 0.6, $"{share} at last");
    }

    [Fact]
    public void Decide_ByChanceNothing_SaysSoAndWhenToAskAgain()
    {
        PlaybookModel playbook = TestPlaybook.Model(Config());
        Decision nothing = Enumerable.Range(0, Requests).Select(i => Decide(i, CapLedger.Empty, CapLedger.Empty, playbook))
            .First(d => d.Kind == DecisionKind.NoAction);
        Assert.StartsWith("E4: chance says nothing this time, although ", nothing.Reasons[0]);
        Assert.Equal(nothing.Plan.DecideTime.AddDays(1), nothing.NextEligibleTime);
        Assert.Equal(4, nothing.Plan.Ranking.Count + nothing.Plan.Chance!.Withheld.Count);
        Assert.InRange(nothing.SelectionProbability, 0.05, 0.2);
    }

    [Fact]
    public void Decide_MethodOff_IsTheBestForSure()
    {
        PlaybookConfig config = Config();
        config.Exploration.Method = "off";
        Decision decision = Decide(1, CapLedger.Empty, CapLedger.Empty, TestPlaybook.Model(config));
        Assert.Equal(("call", 1.0, (Chance?)null), (decision.Action, decision.SelectionProbability, decision.Plan.Chance));
    }

    /// <summary>What is owed to a customer is not left to chance (rules C5).</summary>
    [Fact]
    public void Decide_SomethingIsOwed_ChanceHasNoPart()
    {
        PlaybookConfig config = Config();
        ActionConfig owed = TestPlaybook.Email("receipt");
        owed.Category = "transactional";
        config.Actions.Add(owed);
        PlaybookModel playbook = TestPlaybook.Model(config);
        Assert.All(Enumerable.Range(0, 100), i => Assert.Null(Plan(i, CapLedger.Empty, playbook).Chance));
    }

    /// <summary>Sleeping dogs (V3) and offers that pay back late (V2) are not eligible, so chance never sees them.</summary>
    [Fact]
    [Trait("Rule", "V2")]
    [Trait("Rule", "V3")]
    public void Decide_WhatTheRulesTurnDown_IsNeverTried()
    {
        PlaybookConfig config = Config();
        ActionConfig dog = TestPlaybook.Action("dog", "email");
        dog.ResponseOddsRatio = 0.9;
        ActionConfig late = TestPlaybook.Action("late", "email");
        late.Offer = new OfferConfig { Name = "gift", IsDiscount = false, Cost = 99 };
        config.Actions.AddRange([dog, late]);
        PlaybookModel playbook = TestPlaybook.Model(config);
        for (int i = 0; i < 2_000; i++)
        {
            DecisionPlan plan = Plan(i, CapLedger.Empty, playbook);
            Assert.DoesNotContain(plan.Ranking.Concat(plan.Chance!.Withheld), candidate => candidate.Action is "dog" or "late");
            Assert.Equal(["V3", "V2"], plan.Rejections.Select(r => r.Rule));
        }
    }

    [Fact]
    public void Decide_HeldOut_NoChanceWasAsked()
    {
        PlaybookConfig config = Config();
        config.Holdout.Percent = 50;
        PlaybookModel playbook = TestPlaybook.Model(config);
        Decision[] all = Enumerable.Range(0, 100).Select(i => Decide(i, CapLedger.Empty, CapLedger.Empty, playbook, $"customer-{i}")).ToArray();
        Decision[] held = all.Where(d => d.Plan.Rejections.Any(r => r.Stage == EligibilityStage.Holdout)).ToArray();
        Assert.InRange(held.Length, 25, 75);
        Assert.All(held, d => Assert.Equal((DecisionKind.NoAction, 1.0, (Chance?)null), (d.Kind, d.SelectionProbability, d.Plan.Chance)));
    }

    /// <summary>
    /// For each answer, the mean of 1 / its logged probability over all requests is 1 exactly when the probabilities are
    /// right; and they are those of the answers counted.
    /// </summary>
    private static void AssertSharesAsLogged(CapLedger read, CapLedger reserved, PlaybookConfig config)
    {
        PlaybookModel playbook = TestPlaybook.Model(config);
        var answers = new Dictionary<string, (int Count, double Inverse, double Logged)>();
        for (int i = 0; i < Requests; i++)
        {
            Decision decision = Decide(i, read, reserved, playbook);
            (int count, double inverse, _) = answers.GetValueOrDefault(decision.Action);
            answers[decision.Action] = (count + 1, inverse + (1 / decision.SelectionProbability), decision.SelectionProbability);
        }

        Assert.Contains("", answers.Keys);
        foreach ((string action, (int count, double inverse, double logged)) in answers)
        {
            double deviation = Math.Sqrt((1 - logged) / (logged * Requests));
            Assert.True(Math.Abs((inverse / Requests) - 1) < 4.5 * deviation, $"'{action}' came {count} times, logged {logged}");
        }
    }

    private static Decision Decide(
        int request, CapLedger read, CapLedger reserved, PlaybookModel playbook, string customer = "c", ResponseTable? responses = null)
    {
        DecisionPlan plan = Plan(request, read, playbook, customer, responses);
        return DecisionPipeline.Conclude(plan, Reservation.Reserve(plan, reserved.Copy(), plan.DecideTime));
    }

    private static DecisionPlan Plan(
        int request, CapLedger caps, PlaybookModel playbook, string customer = "c", ResponseTable? responses = null) => Pipeline.Plan(
        new DecisionRequest(new CustomerId(customer), new Guid(request, 0, 0, new byte[8]), []), CustomerSnapshot.Of(Blob, caps), [0, 0, 0],
        new Scores(0.8, 0.2, []), playbook, Now.AddHours(1), responses);

    /// <summary>Four actions of about the same value, a cap each, and nothing 1 in 10 times at least.</summary>
    private static PlaybookConfig Config()
    {
        (string Channel, double OddsRatio)[] actions = [("email", 2), ("call", 2.2), ("print", 1.9), ("advertisement", 1.5)];
        PlaybookConfig config = TestPlaybook.Config(actions.Select(action =>
        {
            ActionConfig made = TestPlaybook.Action(action.Channel, action.Channel);
            made.ResponseOddsRatio = action.OddsRatio;
            return made;
        }).ToArray());
        config.UnknownConsent["call"] = "allow";
        config.Caps = actions.Select(action => new CapConfig
        {
            Name = action.Channel + "_1d", Scope = "channel", Of = action.Channel, Limit = 1, Window = TimeSpan.FromDays(1),
        }).ToList();
        config.Exploration.Method = "thompson";
        config.Exploration.NothingFloor = 0.1;
        return config;
    }

    /// <summary>A ledger in which the cap of one channel is full.</summary>
    private static CapLedger Capped(string channel)
    {
        CapLedger ledger = CapLedger.Empty;
        long now = ledger.Advance(Now);
        ledger.Take(Guid.Empty, [new CapUse($"{channel}_1d/{channel}", 1, TimeSpan.FromDays(1), IsEnforced: true)], now, TimeSpan.FromMinutes(10));
        ledger.Confirm(Guid.Empty, ledger.Advance(Now));
        return ledger;
    }
}
