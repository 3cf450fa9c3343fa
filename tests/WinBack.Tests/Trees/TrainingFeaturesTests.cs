using WinBack.Trees.Ensemble;
using WinBack.Trees.Metrics;
using WinBack.Trees.ModelFiles;
using WinBack.Trees.Training;

namespace WinBack.Tests.Trees;

/// <summary>What the trainer does beyond plain splits of numbers: categories, constraints, samples, growth.</summary>
public sealed class TrainingFeaturesTests
{
    /// <summary>Categories 0 to 6 with missing values and values that are none; other tables get noise that is monotone in nothing.</summary>
    private static TrainingTable Categories(int seed, int rows)
    {
        var random = new Random(seed);
        float[] category = Enumerable.Range(0, rows)
            .Select(_ => random.Next(12) switch { 0 => float.NaN, 1 => -5f, var other => other % 7 }).ToArray();
        float[] number = Enumerable.Range(0, rows).Select(_ => random.NextSingle()).ToArray();
        float[] labels = category
            .Select(c => random.NextDouble() < (float.IsNaN(c) ? 0.9 : c is 1 or 4 or 6 ? 0.8 : 0.2) ? 1f : 0f).ToArray();
        return new TrainingTable(["c", "x"], [category, number], labels);
    }

    /// <summary>Of all ways to part the categories and missing values in two, none gains more than the one that was taken.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Train_Categories_RootSplitIsTheBestOfAllSubsets(int seed)
    {
        var table = Categories(seed, 400);
        var only = new TrainingTable(["c"], [table.Column(0).ToArray()], table.Labels.ToArray());
        var options = new TrainingOptions
        {
            Rounds = 1, Leaves = 2, L2 = 0, Categorical = ["c"], CategorySmoothing = 0, CategoryL2 = 0, MinRowsPerLeaf = 1,
        };

        var tree = GradientBoostingTrainer.Train(only, options).Ensemble.Trees[0];

        // Groups: categories 0 to 6, then "no category", then missing.
        int Group(float c) => float.IsNaN(c) ? 8 : c < 0 ? 7 : (int)c;
        var gradients = new double[9];
        var hessians = new double[9];
        double rate = only.Labels.ToArray().Average();
        for (int row = 0; row < only.RowCount; row++)
        {
            gradients[Group(only.Column(0)[row])] += only.Labels[row] - rate;
            hessians[Group(only.Column(0)[row])] += rate * (1 - rate);
        }

        double best = Enumerable.Range(1, 510).Max(subset =>
        {
            double g = 0, h = 0;
            for (int group = 0; group < 9; group++)
            {
                if ((subset >> group & 1) == 0) continue;
                g += gradients[group];
                h += hessians[group];
            }

            return (g * g / h) + (g * g / (hessians.Sum() - h));
        });
        Assert.Equal(best, tree.Gains[0], best * 1e-4);
        Assert.Equal(SplitKind.CategoryIn, tree.Nodes[0].Kind);
        Assert.True(tree.Sets[0].Values.ToArray().All(value => value is >= 0 and <= 6));
    }

    [Fact]
    public void Train_Categories_SeenRareAndUnknownOnesGoOneWay()
    {
        var random = new Random(5);

        // 300 categories: only 254 have a bin; label 1 where the number is even.
        float[] category = Enumerable.Range(0, 30_000).Select(_ => (float)Math.Floor(300 * Math.Pow(random.NextDouble(), 2))).ToArray();
        float[] labels = category.Select(c => random.NextDouble() < (c % 2 == 0 ? 0.9 : 0.1) ? 1f : 0f).ToArray();
        var options = new TrainingOptions { Rounds = 30, Categorical = ["c"] };

        var model = new TreeModel(GradientBoostingTrainer.Train(new TrainingTable(["c"], [category], labels), options).Ensemble);

        Assert.InRange(model.Probability([4]), 0.8, 1);
        Assert.InRange(model.Probability([7]), 0, 0.2);
        Assert.Equal(model.Probability([-1]), model.Probability([5000]));
        Assert.Equal(model.Probability([-1]), model.Probability([1e9f]));
        Assert.InRange(model.Probability([5000]), 0.3, 0.7);
    }

    [Fact]
    public void Train_CategoriesAsNumbers_NeedManyMoreLeaves()
    {
        var table = Categories(9, 4000);
        double Loss(params string[] categorical) => ((BinaryMetrics)GradientBoostingTrainer.Train(
            table, new TrainingOptions { Rounds = 1, Leaves = 2, LearningRate = 1, Categorical = categorical }).TrainMetrics).LogLoss;

        Assert.True(Loss("c") < Loss() - 0.02);
    }

    [Theory]
    [InlineData(MonotoneDirection.Increasing, TreeGrowth.LeafWise)]
    [InlineData(MonotoneDirection.Decreasing, TreeGrowth.DepthWise)]
    public void Train_Monotone_ScoresNeverMoveTheOtherWay(MonotoneDirection direction, TreeGrowth growth)
    {
        var random = new Random(3);
        var columns = Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, 3000).Select(_ => random.NextSingle()).ToArray()).ToArray();

        // A wave in x, so that without the constraint the score would go up and down.
        float[] labels = Enumerable.Range(0, 3000)
            .Select(i => random.NextDouble() < 0.5 + (0.4 * Math.Sin(9 * columns[0][i]) * columns[1][i]) ? 1f : 0f).ToArray();
        var table = new TrainingTable(["x", "y", "z"], columns, labels);
        var options = new TrainingOptions { Rounds = 60, Growth = growth, L1 = 0.1 };

        Assert.True(Violations(table, options, direction) > 100, "the unconstrained model must violate, or the test shows nothing");
        options.Monotone = new Dictionary<string, MonotoneDirection> { ["x"] = direction };
        Assert.Equal(0, Violations(table, options, direction));
    }

    [Fact]
    public void Train_DepthWise_FillsALevelBeforeTheNext()
    {
        var table = TrainingTables.Make(11, 4000, 6);
        var options = new TrainingOptions { Rounds = 3, Leaves = 8, MinRowsPerLeaf = 1, Growth = TreeGrowth.DepthWise, MinHessianPerLeaf = 0 };

        var wise = GradientBoostingTrainer.Train(table, options).Ensemble;
        var best = GradientBoostingTrainer.Train(table, options with { Growth = TreeGrowth.LeafWise }).Ensemble;

        Assert.All(wise.Trees, tree => Assert.Equal((8, 3), (tree.LeafCount, tree.Depth())));
        Assert.Contains(best.Trees, tree => tree.Depth() > 3);
    }

    [Fact]
    public void Train_Samples_SameForAnyNumberOfThreadsAndOtherForAnotherSeed()
    {
        var table = TrainingTables.Make(12, 5000, 20, weights: true);
        byte[] Bytes(int threads, ulong seed) => ModelBinary.Write(GradientBoostingTrainer.Train(table, new TrainingOptions
        {
            Rounds = 10, RowShare = 0.6, FeatureShare = 0.5, Seed = seed, Threads = threads, Categorical = ["f1"],
            Monotone = new Dictionary<string, MonotoneDirection> { ["f3"] = MonotoneDirection.Increasing },
        }).Ensemble);

        byte[] one = Bytes(1, 1);
        Assert.Equal(one, Bytes(2, 1));
        Assert.Equal(one, Bytes(4, 1));
        Assert.NotEqual(one, Bytes(1, 2));
    }

    [Fact]
    public void Train_Samples_TreesSeeTheirShareOfRowsAndFeatures()
    {
        var table = TrainingTables.Make(13, 4000, 12);
        var options = new TrainingOptions { Rounds = 20, RowShare = 0.25, FeatureShare = 0.2 };

        var trees = GradientBoostingTrainer.Train(table, options).Ensemble.Trees;

        // Feature 2 never changes, so 11 are left, and a fifth of those, rounded up, is 3.
        Assert.All(trees, tree => Assert.InRange(tree.LeafWeights.Sum(), 850, 1150));
        Assert.All(trees, tree => Assert.InRange(tree.Nodes.ToArray().Select(node => node.Feature).Distinct().Count(), 0, 3));
        Assert.True(trees.SelectMany(tree => tree.Nodes.ToArray()).Select(node => node.Feature).Distinct().Count() > 6);
    }

    [Fact]
    public void Train_PositiveWeight_IsAsIfPositivesHadThatWeight()
    {
        var table = TrainingTables.Make(14, 2000, 6);
        var weights = table.Labels.ToArray().Select(label => label == 1 ? 4f : 1f).ToArray();
        var weighted = new TrainingTable(
            table.FeatureNames, Enumerable.Range(0, 6).Select(f => table.Column(f).ToArray()).ToArray(), table.Labels.ToArray(), weights);

        var byClass = GradientBoostingTrainer.Train(table, new TrainingOptions { Rounds = 10, PositiveWeight = 4 });
        var byRow = GradientBoostingTrainer.Train(weighted, new TrainingOptions { Rounds = 10 });

        Assert.Equal(ModelBinary.Write(byRow.Ensemble), ModelBinary.Write(byClass.Ensemble));
        Assert.Equal(byRow.History[^1].TrainLoss, byClass.History[^1].TrainLoss, 9);
    }

    [Fact]
    public void Rejects_FeaturesThatAreNotThere_AndMonotoneCategories()
    {
        var options = new TrainingOptions
        {
            Categorical = ["f0", "nothing"],
            Monotone = new Dictionary<string, MonotoneDirection> { ["f0"] = MonotoneDirection.Increasing },
        };

        var error = Assert.Throws<ArgumentException>(() => GradientBoostingTrainer.Train(TrainingTables.Make(1, 50, 3), options));

        Assert.Contains("'nothing'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'f0' is categorical, so it has no order", error.Message, StringComparison.Ordinal);
    }

    private static int Violations(TrainingTable table, TrainingOptions options, MonotoneDirection direction)
    {
        var model = new TreeModel(GradientBoostingTrainer.Train(table, options).Ensemble);
        var row = new float[3];
        int wrong = 0;
        for (int i = 0; i < 40; i++)
        {
            table.CopyRow(i, row);
            float before = direction == MonotoneDirection.Increasing ? float.NegativeInfinity : float.PositiveInfinity;
            for (int step = 0; step <= 100; step++)
            {
                row[0] = step / 100f;
                float now = model.Score(row);
                wrong += (int)direction * (now - before) < 0 ? 1 : 0;
                before = now;
            }
        }

        return wrong;
    }
}
