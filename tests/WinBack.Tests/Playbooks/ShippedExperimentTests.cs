using System.Text.RegularExpressions;
using WinBack.Adapters.Playbooks;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Experiments;
using WinBack.Core.Features;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Experiments;
using WinBack.Core.Policy.Exploration;
using WinBack.Tests.Policy;
using WinBack.Tests.Policy.Sequences;

namespace WinBack.Tests.Playbooks;

/// <summary>Holdout, experiments and chance of the two shipped playbooks, as they are.</summary>
public sealed partial class ShippedExperimentTests
{
    private const int Many = 400;

    /// <summary>On which the experiments run, counted from the start of a journey.</summary>
    private const int Running = 220;

    private static readonly PlaybookModel Software = Load("subscription"), Shop = Load("commerce");
    private static readonly string[] Ids = [.. Enumerable.Range(0, Many).Select(i => $"c{i}")];

    /// <summary>Every rule can be found beside the setting that carries it out.</summary>
    [Theory]
    [InlineData("subscription")]
    [InlineData("commerce")]
    public void Rules_AreAllNamedInThePlaybook(string name)
    {
        string text = File.ReadAllText(RepositoryFiles.Path("playbooks", name + ".yaml"));
        string[] named = [.. RulePattern().Matches(text).Select(m => m.Value).Distinct()];
        string[] rules = [.. new[] { ("L", 7), ("A", 16), ("S", 8), ("C", 7), ("V", 3), ("E", 4) }
            .SelectMany(section => Enumerable.Range(1, section.Item2).Select(n => $"{section.Item1}{n}"))];
        Assert.Empty(rules.Except(named));
    }

    [Fact]
    [Trait("Rule", "E2")]
    public void Holdout_OneInTwenty_GetsNothing_AndTheAnswerSaysWhy()
    {
        foreach (PlaybookModel playbook in new[] { Software, Shop })
        {
            string[] heldOut = [.. Ids.Where(id => playbook.Experiments.Holdout.Holds(new CustomerId(id)))];
            Assert.InRange(heldOut.Length, Many * 0.02, Many * 0.08);
            Decision decision = Left(playbook, heldOut[0], LapseReason.Neglect, daysAgo: 1, ValueTier.High).Ask(0.125);
            Assert.Equal(DecisionKind.NoAction, decision.Kind);
            Assert.NotNull(decision.Plan.Experiments.Ghost);
            Assert.StartsWith("E2: held out", decision.Reasons[0], StringComparison.Ordinal);
        }
    }

    /// <summary>E1: written down before, with a control; one of each playbook is gated, none changes what another does.</summary>
    [Fact]
    [Trait("Rule", "E1")]
    [Trait("Rule", "E3")]
    public void Experiments_AreWholeAndOneIsGated()
    {
        foreach (PlaybookModel playbook in new[] { Software, Shop })
        {
            IReadOnlyList<ExperimentModel> experiments = playbook.Experiments.Experiments;
            Assert.All(experiments, e => Assert.True(e.Hypothesis.Length > 40 && e.Variants.Any(v => v.IsControl) && e.Start < e.End, e.Name));
            Assert.Equal(GateSteps.First, Assert.Single(experiments, e => e.IsGated).Stage.Percent);
            Assert.Equal(experiments.Count, experiments.Select(e => e.Layer).Distinct().Count());
        }
    }

    /// <summary>At 1 % hardly anybody gets the new subject line, at 100 % everybody.</summary>
    [Fact]
    [Trait("Rule", "E3")]
    public void Gate_AsItWidens_ReachesMore()
    {
        Assert.InRange(Contents(At(1)).Count(c => c.EndsWith("most-used-feature", StringComparison.Ordinal)), 0, Many * 0.04);
        Assert.All(Contents(At(GateSteps.Last)), content => Assert.Equal("email/personal-most-used-feature", content));

        static PlaybookModel At(int percent) => Software with
        {
            Exploration = ExplorationModel.Off,
            Experiments = Software.Experiments.At([new ExperimentStage("evergreen_subject/1", ExperimentStatus.Running, percent)]),
        };
        static string[] Contents(PlaybookModel playbook)
        {
            Candidate[] chosen = [.. Ids.Where(id => !playbook.Experiments.Holdout.Holds(new CustomerId(id)))
                .Select(id => Left(playbook, id, LapseReason.Price, daysAgo: 1, ValueTier.High, Channel.Email).Ask(Running).Chosen!)];
            Assert.All(chosen, c => Assert.Equal("evergreen_personal", c.Action));
            return [.. chosen.Select(c => c.Content)];
        }
    }

    /// <summary>Without the smaller plan the sequence goes on to the old price; the control has both.</summary>
    [Theory]
    [InlineData("control", true)]
    [InlineData("old_price_only", false)]
    [Trait("Rule", "E1")]
    public void Variant_ForbidsAStep_AndTheNextOneComes(string variant, bool hasSmallerPlan)
    {
        PlaybookModel playbook = Software with { Exploration = ExplorationModel.Off };
        ExperimentModel experiment = playbook.Experiments.Experiments.Single(e => e.Name == "without_smaller_plan");
        string id = Ids.First(i => experiment.VariantOf(new CustomerId(i)).Name == variant && !playbook.Experiments.Holdout.Holds(new CustomerId(i)));
        Journey journey = Left(playbook, id, LapseReason.Price, daysAgo: 1 - Running, ValueTier.Mid, Channel.Email);
        string[] sent = [.. Enumerable.Range(Running, 45).Select(day => journey.Send(day + 0.125)).Where(action => action.Length > 0)];
        Assert.Equal(hasSmallerPlan, sent.Contains("smaller_plan"));
        Assert.Equal(["old_price", "old_price_last_day"], sent[^2..]);
    }

    /// <summary>E4: each eligible action is tried sometimes, and the probability that is logged is that with which it is.</summary>
    [Fact]
    [Trait("Rule", "E4")]
    public void Chance_TriesWhatIsEligible_WithTheProbabilityThatIsLogged()
    {
        Decision[] decisions = [.. Ids.Where(id => !Software.Experiments.Holdout.Holds(new CustomerId(id)))
            .Select(id => Left(Software, id, LapseReason.Price, daysAgo: 1, ValueTier.High).Ask(0.125))];
        var chosen = decisions.CountBy(d => d.Action).ToDictionary();
        Assert.True(chosen.Count >= 3, string.Join(", ", chosen.Keys));
        Assert.All(decisions, d => Assert.InRange(d.SelectionProbability, 0.005, 0.995));
        foreach ((string action, int count) in chosen)
        {
            double expected = decisions.First(d => d.Action == action).SelectionProbability * decisions.Length;
            // Five standard deviations of a binomial; what is drawn is a hash of the customer, the same in every run.
            Assert.InRange(count, expected - (5 * Math.Sqrt(expected)) - 1, expected + (5 * Math.Sqrt(expected)) + 1);
        }
    }

    /// <summary>A variant is held to the honesty of the playbook: what is changed for some is lived through by somebody.</summary>
    [Theory]
    [InlineData("personal_note: { name: gift, cost: 1, days: 5 }", "S2", "'personal_note' carries a discount, and this is touch 1")]
    [InlineData("help_mail: { name: gift, cost: 1, days: 20 }", "S6", "stacks incentives: 'gift' of step texts can still be used")]
    [InlineData("private_preview: { name: gift, cost: 100000 }", "V2", "never pays back")]
    public void Variant_WithADishonestOffer_IsRefused(string offer, string rule, string problem)
    {
        const string offers = "        offers:\n";
        string text = File.ReadAllText(RepositoryFiles.Path("playbooks", "commerce.yaml"));
        text = text.Replace(offers, $"{offers}          {offer}\n", StringComparison.Ordinal);
        PlaybookFileError error = Assert.Single(PlaybookFile.Parse("p.yaml", text, FeatureSchema.Default.Names).Errors);
        Assert.Equal(rule, error.Rule);
        Assert.Contains("experiments[1].variants[1].offers: breaks ", error.ToString(), StringComparison.Ordinal);
        Assert.Contains(problem, error.ToString(), StringComparison.Ordinal);
    }

    /// <summary>A customer who paid for a year and left.</summary>
    private static Journey Left(
        PlaybookModel playbook, string id, LapseReason reason, double daysAgo, ValueTier tier, params Channel[] channels) => new(
        new CustomerHistory().Lifecycle(LifecycleKind.SignedUp, 400).Profile(tier).OwnedBy("m.jones")
            .Consent(Channel.DirectMessage, ConsentKind.Granted).Paid(daysAgo + 29, tier == ValueTier.High ? 500 : 60)
            .LoggedIn(daysAgo + 1).Lifecycle(LifecycleKind.Cancelled, daysAgo, reason), playbook, FeatureSchema.Default)
    {
        Id = id,
        Channels = channels,
    };

    private static PlaybookModel Load(string name) =>
        PlaybookFile.Load(RepositoryFiles.Path("playbooks", name + ".yaml"), FeatureSchema.Default.Names).Model!;

    [GeneratedRegex(@"\b[LASCVE][0-9]{1,2}\b")]
    private static partial Regex RulePattern();
}
