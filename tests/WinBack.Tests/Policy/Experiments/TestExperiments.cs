using WinBack.Core.Policy;
using WinBack.Core.Policy.Experiments;

namespace WinBack.Tests.Policy.Experiments;

/// <summary>Experiments for tests: valid, and running at <see cref="CustomerHistory.Now"/>.</summary>
internal static class TestExperiments
{
    internal static ExperimentConfig Subject(string name = "subject", string salt = "s1", string layer = "main") => new()
    {
        Name = name,
        Hypothesis = "a question is opened more",
        Salt = salt,
        Layer = layer,
        Start = "2026-05-01",
        End = "2026-07-01",
        Variants =
        [
            new VariantConfig { Name = "control", Share = 50 },
            new VariantConfig { Name = "question", Share = 50, Content = { ["mail"] = "email/question" } },
        ],
    };

    internal static PlaybookConfig With(params ExperimentConfig[] experiments)
    {
        PlaybookConfig config = TestPlaybook.Config(TestPlaybook.Email(), TestPlaybook.Action("card", "print"));
        config.Experiments = [.. experiments];
        return config;
    }

    internal static PlaybookConfig HeldOut(double percent, params ActionConfig[] actions)
    {
        PlaybookConfig config = TestPlaybook.Config(actions);
        config.Holdout = new HoldoutConfig { Percent = percent, Salt = "h1" };
        return config;
    }
}
