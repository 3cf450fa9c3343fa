using WinBack.Core.Policy;

namespace WinBack.Tests.Policy.Reasons;

public sealed class ReasonsValidatorTests
{
    public static TheoryData<string, Action<PlaybookConfig>> Faults => new()
    {
        { "reasons.known_from", c => c.Reasons.KnownFrom = 1 },
        { "reasons.code_odds", c => c.Reasons.CodeOdds = 0.5 },
        { "reasons.text_odds", c => c.Reasons.TextOdds = double.NaN },
        { "reasons.answer_odds", c => c.Reasons.AnswerOdds = 101 },
        { "reasons.priors.wealth", c => c.Reasons.Priors["wealth"] = 0.1 },
        { "reasons.priors.price", c => c.Reasons.Priors["price"] = 0 },
        { "reasons.likelihood_ratios.rain", c => c.Reasons.LikelihoodRatios["rain"] = [] },
        { "reasons.likelihood_ratios.errors_met.rain", c => c.Reasons.LikelihoodRatios["errors_met"] = new() { ["rain"] = 1 } },
        { "reasons.likelihood_ratios.errors_met.price", c => c.Reasons.LikelihoodRatios["errors_met"] = new() { ["price"] = 0 } },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Rejects_OneFault_NamingItsField(string path, Action<PlaybookConfig> fault)
    {
        PlaybookConfig config = TestPlaybook.Config();
        fault(config);
        Assert.Null(PlaybookValidator.Validate(config, TestPlaybook.Features, out IReadOnlyList<PlaybookError> errors));
        Assert.Equal(path, Assert.Single(errors).Path);
    }
}
