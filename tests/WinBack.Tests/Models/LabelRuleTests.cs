using WinBack.Core.Models;
using WinBack.Trees.ModelFiles;

namespace WinBack.Tests.Models;

public sealed class LabelRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_ShippedManifests_IsWhatTheirTrainingTablesSay()
    {
        Assert.Equal(new LabelRule(false, TimeSpan.FromDays(60), null), RuleOf(ServedNames.Churn));
        Assert.Equal(new LabelRule(true, TimeSpan.FromDays(60), TimeSpan.FromDays(60)), RuleOf(ServedNames.WinBack));
    }

    [Fact]
    public void Of_ManifestWithoutHorizon_IsNone() => Assert.Null(LabelRule.Of(ServedNames.Churn, new Dictionary<string, string>()));

    /// <summary>cut &lt;= event time &lt; cut + horizon, as winback dataset has it.</summary>
    [Theory]
    [InlineData(null, false)]
    [InlineData(0.0, true)]
    [InlineData(29.999, true)]
    [InlineData(30.0, false)]
    public void LabelOf_ActivityWithinTheHorizon_IsReturnAndNoSilence(double? activityDays, bool isReturn)
    {
        PredictionSample sample = Sample(silenceDays: 90) with { FirstActivity = activityDays is { } days ? Now.AddDays(days) : null };
        Assert.Equal(isReturn, new LabelRule(true, TimeSpan.FromDays(30), null).LabelOf(sample));
        Assert.Equal(!isReturn, new LabelRule(false, TimeSpan.FromDays(30), null).LabelOf(sample));
    }

    [Fact]
    public void Includes_CustomersAsTheTrainingTableHasThem()
    {
        LabelRule winBack = new(true, TimeSpan.FromDays(30), TimeSpan.FromDays(60)), churn = winBack with { IsReturn = false };
        Assert.Equal((false, true), (winBack.Includes(Sample(60)), winBack.Includes(Sample(60.1))));
        Assert.Equal((true, false), (churn.Includes(Sample(60)), churn.Includes(Sample(60.1))));
        Assert.True((churn with { Lapse = null }).Includes(Sample(500)));
    }

    private static LabelRule? RuleOf(string model) => LabelRule.Of(
        model, ModelDirectory.Load(RepositoryFiles.Path("models", model)).Manifest!.Card.TrainingParameters);

    private static PredictionSample Sample(double silenceDays) => new(1, Now, TimeSpan.FromDays(silenceDays), false, []);
}
