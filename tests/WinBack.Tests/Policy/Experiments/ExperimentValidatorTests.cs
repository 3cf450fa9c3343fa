using WinBack.Core.Policy;
using WinBack.Core.Policy.Experiments;

namespace WinBack.Tests.Policy.Experiments;

public sealed class ExperimentValidatorTests
{
    [Fact]
    public void Accepts_ExperimentsOfOneLayerSideBySide()
    {
        ExperimentConfig first = TestExperiments.Subject(), second = TestExperiments.Subject("second", "s2");
        (first.Share, second.From, second.Share) = (40, 40, 60);
        Assert.Empty(Errors(first, second));
    }

    [Fact]
    public void Accepts_OneAfterTheOther()
    {
        ExperimentConfig later = TestExperiments.Subject("second", "s2");
        (later.Start, later.End) = ("2026-07-01", "2026-08-01");
        Assert.Empty(Errors(TestExperiments.Subject(), later));
    }

    public static TheoryData<string, string, Action<ExperimentConfig>> Wrong => new()
    {
        { "hypothesis", "E1", e => e.Hypothesis = "" },
        { "salt", "E1", e => e.Salt = "" },
        { "name", "", e => e.Name = "holdout" },
        { "share", "", e => e.From = 1 },
        { "start", "E1", e => e.Start = "soon" },
        { "end", "E1", e => e.End = "2026-05-01" },
        { "variants", "E1", e => e.Variants[0].Name = "other" },
        { "variants", "E1", e => e.Variants.RemoveAt(1) },
        { "variants", "", e => e.Variants[0].Share = 40 },
        { "variants[0]", "E1", e => e.Variants[0].Forbids = ["mail"] },
        { "variants[1]", "E1", e => e.Variants[1].Content.Clear() },
        { "variants[1].name", "", e => e.Variants[1].Name = "control" },
        { "variants[1].content.lost", "", e => e.Variants[1].Content["lost"] = "x" },
        { "variants[1].adds[0]", "", e => e.Variants[1].Adds = ["lost"] },
        { "variants[1].offers.mail", "A4", e => e.Variants[1].Offers["mail"] = new OfferConfig { Name = "less" } },
        { "variants[1].channel_order[0]", "", e => e.Variants[1].ChannelOrder = ["pigeon"] },
        { "metric.success", "", e => e.Metric.Success = "happiness" },
        { "metric.within", "", e => e.Metric.Within = TimeSpan.Zero },
        { "metric.alpha", "E3", e => e.Metric.Alpha = 0.5 },
        { "audience.segments[0]", "", e => e.Audience.Segments = ["nobody"] },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Rejects_WrongField(string field, string rule, Action<ExperimentConfig> spoil)
    {
        ExperimentConfig experiment = TestExperiments.Subject();
        spoil(experiment);
        Assert.Contains(Errors(experiment), e => e.Path == "experiments[0]." + field && e.Rule == rule);
    }

    [Fact]
    public void Rejects_OverlapWithinALayer() =>
        Assert.Contains(Errors(TestExperiments.Subject(), TestExperiments.Subject("second", "s2")), e => e.Path == "experiments[1].from");

    [Fact]
    public void Rejects_TwoLayersThatChangeOneAction() => Assert.Contains(
        Errors(TestExperiments.Subject(), TestExperiments.Subject("second", "s2", "other")),
        e => e.Path == "experiments[1].variants" && e.Problem.Contains("'mail'", StringComparison.Ordinal));

    [Fact]
    public void Rejects_GateOfThree()
    {
        ExperimentConfig gated = TestExperiments.Subject();
        gated.Gated = true;
        gated.Variants.Add(new VariantConfig { Name = "third", Forbids = ["card"] });
        Assert.Contains(Errors(gated), e => e.Path == "experiments[0].variants" && e.Rule == "E3");
    }

    [Fact]
    public void Rejects_ExperimentOnWhatIsOwed()
    {
        PlaybookConfig config = TestExperiments.With(TestExperiments.Subject());
        config.Actions[0].Category = "transactional";
        Assert.Contains(Errors(config), e => e.Path == "experiments[0].variants[1].content.mail" && e.Rule == "E1");
    }

    [Fact]
    public void Rejects_HoldoutWithoutSalt()
    {
        PlaybookConfig config = TestPlaybook.Config();
        config.Holdout.Percent = 5;
        Assert.Equal(("holdout.salt", "E2"), (Assert.Single(Errors(config)).Path, Errors(config)[0].Rule));
    }

    private static IReadOnlyList<PlaybookError> Errors(params ExperimentConfig[] experiments)
    {
        PlaybookConfig config = TestExperiments.With(experiments);
        config.Actions[0].Reasons = ["switching"];
        return Errors(config);
    }

    private static IReadOnlyList<PlaybookError> Errors(PlaybookConfig config)
    {
        PlaybookValidator.Validate(config, TestPlaybook.Features, out IReadOnlyList<PlaybookError> errors);
        return errors;
    }
}
