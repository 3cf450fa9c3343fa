using WinBack.Adapters.Wire;
using WinBack.Core.Decisions;
using WinBack.Core.Models;

namespace WinBack.Tests.Wire;

public sealed class PredictionWireTests
{
    private static readonly DecisionPlan Plan = DecisionWireTests.FullPlan();
    private static readonly ReserveResult Reserved = new(0, Plan.DecideTime, Plan.DecideTime.AddMinutes(10), [], DecisionStatus.Reserved);

    [Fact]
    public void Of_DecisionAsThePublishedMessageHasIt_IsWhatTheModelsSaid()
    {
        byte[] stored = DecisionWire.Write(DecisionPipeline.Conclude(Plan, Reserved));
        foreach (byte[] message in new[] { stored, DecisionMessage.Of(stored, Plan.DecideTime) })
        {
            PredictionSample sample = PredictionWire.Of(5, message)!;
            Assert.Equal((5ul, Plan.DecideTime, TimeSpan.FromDays(90), true), (sample.Customer, sample.Time, sample.Silence, sample.IsContact));
            Assert.Equal([new("churn", "1", 0.8), new("winback", "1", 0.2)], sample.Predictions);
        }
    }

    [Fact]
    public void Of_NoAction_IsNoContact() => Assert.False(Read(Plan, Reserved with { Chosen = -1, Status = DecisionStatus.None })!.IsContact);

    /// <summary>Nothing was foreseen of somebody who has never been active.</summary>
    [Fact]
    public void Of_CustomerWithoutActivityOrModels_IsNone()
    {
        Assert.Null(Read(Plan with { Silence = null }, Reserved));
        Assert.Null(Read(Plan with { Scores = Plan.Scores with { ModelVersions = [] } }, Reserved));
    }

    private static PredictionSample? Read(DecisionPlan plan, ReserveResult result) =>
        PredictionWire.Of(1, DecisionWire.Write(DecisionPipeline.Conclude(plan, result)));
}
