using WinBack.Core.Events;
using WinBack.Core.Experiments;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Experiments;

namespace WinBack.Tests.Policy.Experiments;

/// <summary>
/// Holdout and variants by stable hashing. Chi-square values are held to the 99.9 % point of their distribution; customers are
/// fixed, so a test passes always or never.
/// </summary>
public sealed class AssignmentTests
{
    private const int Customers = 40_000;

    /// <summary>Of chi-square with 1, 3 and 99 degrees of freedom at 0.999.</summary>
    private const double Critical1 = 10.83, Critical3 = 16.27, Critical99 = 148.2;

    [Theory]
    [Trait("Rule", "E2")]
    [InlineData("h1")]
    [InlineData("spring 2026")]
    [InlineData("x")]
    public void Holdout_ManyCustomers_IsUniform(string salt)
    {
        var counts = new int[100];
        foreach (CustomerId customer in All()) counts[SaltedHash.BucketOf("holdout/" + salt, customer) / 100]++;
        double square = counts.Sum(n => Math.Pow(n - (Customers / 100.0), 2) / (Customers / 100.0));
        Assert.True(square < Critical99, $"chi-square {square}");
        int held = All().Count(new HoldoutModel(salt, 500).Holds);
        Assert.True(Square([held, Customers - held], [0.05, 0.95]) < Critical1, $"{held} of {Customers} held out");
    }

    [Fact]
    [Trait("Rule", "E2")]
    public void Holdout_Stable_AndGrowsOverTheSameCustomers()
    {
        // Once assigned stays assigned: these are pinned, so that a change of the hash is seen.
        CustomerId[] held = [.. All().Where(new HoldoutModel("h1", 500).Holds)];
        Assert.Equal(["c3", "c15", "c36"], held.Take(3).Select(c => c.Value));
        Assert.All(held, c => Assert.True(new HoldoutModel("h1", 1_000).Holds(c)));
        Assert.False(HoldoutModel.None.Holds(held[0]));
    }

    [Fact]
    [Trait("Rule", "E2")]
    public void HoldoutAndExperiments_AreIndependentOfEachOther()
    {
        PlaybookConfig config = TestExperiments.With(
            TestExperiments.Subject(), TestExperiments.Subject("order", "s2", "other"), TestExperiments.Subject("third", "s1", "third"));
        IReadOnlyList<ExperimentModel> experiments = TestPlaybook.Model(config).Experiments.Experiments;
        Func<CustomerId, bool>[] splits =
        [
            new HoldoutModel("h1", 5_000).Holds, new HoldoutModel("h2", 5_000).Holds,
            .. experiments.Select<ExperimentModel, Func<CustomerId, bool>>(e => c => e.VariantOf(c).IsControl),
        ];
        for (int one = 0; one < splits.Length; one++)
            for (int other = 0; other < one; other++)
            {
                var cells = new int[4];
                foreach (CustomerId c in All()) cells[(splits[one](c) ? 2 : 0) + (splits[other](c) ? 1 : 0)]++;
                double square = Square(cells, [0.25, 0.25, 0.25, 0.25]);
                Assert.True(square < Critical3, $"splits {one} and {other}: chi-square {square} of {string.Join(' ', cells)}");
            }
    }

    [Fact]
    [Trait("Rule", "E1")]
    public void Layer_Experiments_ExcludeEachOther_AndLayersDoNot()
    {
        ExperimentConfig first = TestExperiments.Subject(), second = TestExperiments.Subject("second", "s2");
        (first.Share, second.From, second.Share) = (30, 30, 50);
        PlaybookConfig config = TestExperiments.With(first, second, TestExperiments.Subject("order", "s3", "other"));
        IReadOnlyList<ExperimentModel> experiments = TestPlaybook.Model(config).Experiments.Experiments;
        var cells = new int[3];
        foreach (CustomerId c in All())
        {
            Assert.True(experiments[2].Reaches(c));
            Assert.False(experiments[0].Reaches(c) && experiments[1].Reaches(c));
            cells[experiments[0].Reaches(c) ? 0 : experiments[1].Reaches(c) ? 1 : 2]++;
        }

        double square = Square(cells, [0.3, 0.5, 0.2]);
        Assert.True(square < Critical3, $"chi-square {square} of {string.Join(' ', cells)}");
    }

    [Fact]
    [Trait("Rule", "E3")]
    public void Gate_Widening_KeepsTheCustomersItHas()
    {
        ExperimentConfig gated = TestExperiments.Subject();
        gated.Gated = true;
        ExperimentPlan plan = TestPlaybook.Model(TestExperiments.With(gated)).Experiments;
        HashSet<CustomerId> before = [];
        foreach (int percent in GateSteps.All)
        {
            ExperimentModel experiment = plan.At([new("subject/s1", ExperimentStatus.Running, percent)]).Experiments[0];
            HashSet<CustomerId> treated = [.. All().Where(c => !experiment.VariantOf(c).IsControl)];
            Assert.Subset(treated, before);
            Assert.InRange(treated.Count, 0.8 * Customers * percent / 100, 1.2 * Customers * percent / 100);
            Assert.Equal(percent / 100.0, experiment.ShareOf(experiment.Variants[1]), 9);
            before = treated;
        }

        Assert.Equal(Customers, before.Count);
    }

    private static IEnumerable<CustomerId> All() => Enumerable.Range(0, Customers).Select(i => new CustomerId($"c{i}"));

    private static double Square(int[] counts, double[] shares) =>
        counts.Zip(shares, (n, share) => Math.Pow(n - (share * Customers), 2) / (share * Customers)).Sum();
}
