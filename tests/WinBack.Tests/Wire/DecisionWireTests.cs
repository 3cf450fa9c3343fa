using Google.Protobuf;
using WinBack.Adapters.Wire;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Experiments;
using WinBack.Core.Features;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Capacities;
using WinBack.Core.Policy.Responses;
using WinBack.Core.Policy.Valuation;
using WinBack.Core.Policy.Reasons;
using WinBack.Tests.Decisions;

namespace WinBack.Tests.Wire;

public sealed class DecisionWireTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Plan_WrittenAndRead_IsTheSameInEveryField()
    {
        DecisionPlan plan = FullPlan();
        DecisionPlan read = DecisionWire.ReadPlan(DecisionWire.Write(DecisionPipeline.Expect(plan)));
        Assert.Equal(plan.Features, read.Features);
        Assert.Equivalent(plan, read, strict: true);
        Assert.Equal(DecisionWire.Write(DecisionPipeline.Expect(plan)), DecisionWire.Write(DecisionPipeline.Expect(read)));
    }

    /// <summary>Replays compare the bytes with those of programs that wrote them from messages.</summary>
    [Fact]
    public void Write_AllFieldsAndShippedDecisions_AreTheBytesThatGoogleProtobufWrites()
    {
        foreach (Decision decision in (Decision[])[Reserved(), DecisionPipeline.Expect(FullPlan()), .. ShippedDecisions.OfOnlineRetail()])
        {
            byte[] written = DecisionWire.Write(decision);
            Assert.Equal(V1.Decision.Parser.ParseFrom(written).ToByteArray(), written);
        }
    }

    [Fact]
    public void ToProto_Basic_CarriesTheAnswerWithoutEvidence()
    {
        V1.Decision message = DecisionWire.ToProto(Reserved(), FeatureSchema.Default, isFull: false);
        Assert.Equal(("mail", V1.Channel.Email, "gift", "email/x"), (message.Action, message.Channel, message.Offer, message.Content));
        Assert.Equal((V1.Decision.Types.Kind.Action, V1.Decision.Types.Status.Reserved), (message.Kind, message.Status));
        Assert.Equal((0.8, 0.2, 1.0), (message.ChurnProbability, message.WinBackProbability, message.SelectionProbability));
        Assert.Equal(2_500_000, message.ExpectedValueMicros);
        Assert.Equal(Now.AddMinutes(10), message.ReservationExpireTime.ToDateTimeOffset());
        Assert.Equal("mug", message.ContentFacts["last_item_bought"]);
        Assert.Null(message.Evidence);
    }

    [Fact]
    public void ToProto_Full_NamesTheFeaturesServed()
    {
        V1.Decision message = DecisionWire.ToProto(Reserved(), FeatureSchema.Default, isFull: true);
        Assert.Equal(FeatureSchema.Default.Count, message.Evidence.FeatureValues.Count);
        Assert.Equal(7, message.Evidence.Features[FeatureSchema.Default.Names[0]]);
        Assert.DoesNotContain(FeatureSchema.Default.Names[1], message.Evidence.Features.Keys);
        Assert.Equal("permission", Assert.Single(message.Evidence.Rejections).Stage);
    }

    [Fact]
    public void ToProto_FeaturesOfAnotherSchema_StayNameless()
    {
        Decision decision = Reserved();
        DecisionPlan old = decision.Plan with { Versions = decision.Plan.Versions with { FeatureSchema = "older" } };
        V1.Decision message = DecisionWire.ToProto(decision with { Plan = old }, FeatureSchema.Default, isFull: true);
        Assert.Empty(message.Evidence.Features);
        Assert.NotEmpty(message.Evidence.FeatureValues);
    }

    [Theory]
    [InlineData(typeof(DecisionKind), typeof(V1.Decision.Types.Kind))]
    [InlineData(typeof(DecisionStatus), typeof(V1.Decision.Types.Status))]
    public void Numbers_EqualThoseOfTheProto(Type core, Type proto)
    {
        foreach (object value in Enum.GetValues(core))
            Assert.Equal(value.ToString(), Enum.GetName(proto, (int)value));
        Assert.Equal(Enum.GetValues(proto).Length - 1, Enum.GetValues(core).Length);
    }

    private static readonly SendWindow Mornings = new(
        new WeekSchedule([(480, 720), (1_920, 2_160)]), [TimeZones.Find("Europe/London")!, TimeZones.Find("Asia/Tokyo")!]);

    private static Decision Reserved() => DecisionPipeline.Conclude(
        FullPlan(), new ReserveResult(0, Now, Now.AddMinutes(10), [], DecisionStatus.Reserved));

    internal static DecisionPlan FullPlan()
    {
        float[] features = Enumerable.Repeat(float.NaN, FeatureSchema.Default.Count).ToArray();
        features[0] = 7;
        CapUse week = new("week/all", 2, TimeSpan.FromDays(7), true, Counts: CapUnit.Delivered);
        CapUse daily = new("day/all", 1, TimeSpan.Zero, true, CapPeriod.Day, new PeriodBounds(1, 2, 3, 4));
        return new DecisionPlan(
            new DecisionId(3, new Guid(1, 2, 3, new byte[8])),
            "a1",
            new CustomerId("c"),
            Now,
            [
                new Candidate("mail", Channel.Email, false, "gift", "email/x", 2_500_000, "because", Now.AddDays(3), [week], Mornings)
                {
                    Capacities = [new CapacityUse("calls/anna", 1, 20, Now, Now.AddDays(7))],
                    Terms = new ValueTerms(0.1, 0.2, 0.3, 100, 2, 3, 0.5, 1.5, 2, 7, 1.25),
                },
                new Candidate(
                    "card", Channel.Print, true, "", "print/x", 1, "", null, [new("card/all", 1, TimeSpan.FromHours(1), false), daily, week]),
            ],
            [new Rejection("text", Channel.Sms, EligibilityStage.Permission, "A12", "consent unknown", "consent granted", Now.AddDays(1))],
            ["silent for 90 days"],
            Now.AddDays(2),
            TimeSpan.FromDays(90),
            Now.AddDays(-90),
            new Scores(0.8, 0.2, ["churn@1", "winback@1"]),
            [KeyValuePair.Create("last_item_bought", "mug"), KeyValuePair.Create("plan", "pro")],
            new DecisionVersions(FeatureSchema.Default.Hash, "playbook@1", "5f", "77"),
            features,
            TimeSpan.FromMinutes(10))
        {
            Inputs = new DecisionInputs([Channel.Sms], new SnapshotSource([1, 2, 3], [KeyValuePair.Create("c", "0000000000000007")])),
            Segment = "bought_once",
            Chance = new Chance(
                300_000, 1,
                [new Candidate("call", Channel.Call, false, "", "call/x", 2, "why", null, [week]) { DrawWeight = 700_000 }],
                TimeSpan.FromDays(2)),
            Responses = new ResponseValues("9a", 1.25, ["mail", "card"], [new ResponseEstimate(1.5, 40, 0.01), new ResponseEstimate(0.5, 20, 0)]),
            RulesChangeTime = Now.AddDays(3),
            CapacityQuotes =
            [
                new CapacityQuote("calls/anna@1", 7, 12.5),
                new CapacityQuote("budget/all@1", 1, 0) { AskedUnits = 9, Returns = [new(Now.AddMinutes(1), 2), new(Now.AddMinutes(2), 6)] },
            ],
            CapacityShortages = [new CapacityShortage("post", "printed/all@1", 0), new CapacityShortage("call", "calls/anna@1", 0, Now.AddHours(1))],
            Experiments = new ExperimentNotes(
                [new("subject/s1", "question", 5, 0.05), new("order/s2", "control", 100, 0.5, SuccessKind.Clicked, TimeSpan.FromDays(3))],
                [new("subject/s1", ExperimentStatus.Running, 5), new("order/s2", ExperimentStatus.Stopped, 0)],
                new Ghost("mail", Channel.Email, "gift", "email/x", 2_500_000)),
            LapseReason = new ReasonAssessment(
                LapseReason.Price, [0.7, 0.1, 0.05, 0.05, 0.05, 0.05],
                [new ReasonEvidence("cancel_text", LapseReason.Price, 12.5, "the words 'expensive'", ["expensive"])]),
        };
    }
}
