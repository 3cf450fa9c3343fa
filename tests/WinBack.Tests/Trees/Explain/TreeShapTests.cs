using WinBack.Trees.Ensemble;
using WinBack.Trees.Explain;
using WinBack.Trees.ModelFiles;
using WinBack.Trees.Scoring;
using WinBack.Trees.Training;

namespace WinBack.Tests.Trees.Explain;

public sealed class TreeShapTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Contributions_RandomTrees_AreThoseOfAllSubsets(int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < 40; round++)
        {
            int features = random.Next(1, 8);
            var ensemble = Covered(random, RandomEnsembles.Ensemble(
                random, random.Next(1, 5), features, 12, outputs: random.Next(1, 3), sets: round % 2 == 0));
            var shap = new TreeShap(ensemble);
            var naive = new NaiveShapley(ensemble, shap.Groups);
            float[] row = RandomEnsembles.Row(random, features);
            var found = new double[ensemble.OutputCount * shap.Groups.Count];
            shap.Contributions(row, found);
            for (int output = 0; output < ensemble.OutputCount; output++)
            {
                Assert.Equal(naive.Worth(row, 0, output), shap.ExpectedValues[output], 1e-12);
                double[] expected = naive.Contributions(row, output);
                for (int g = 0; g < expected.Length; g++)
                {
                    Assert.Equal(expected[g], found[(output * shap.Groups.Count) + g], 1e-12);
                }
            }
        }
    }

    [Fact]
    public void Contributions_DeepTreesOfManyFeatures_SumToTheRawScore()
    {
        var random = new Random(4);
        var ensemble = Covered(random, RandomEnsembles.Ensemble(random, 40, 200, 400));
        ensemble = new TreeEnsemble(ensemble.FeatureNames, ensemble.Trees, new IdentityLink(), [-3.5]);
        Assert.InRange(ensemble.Trees.Max(tree => tree.Depth()), 15, 100);
        for (int r = 0; r < 20; r++)
        {
            AssertSums(ensemble, new TreeShap(ensemble), RandomEnsembles.Row(random, 200));
        }
    }

    [Fact]
    public void Contributions_TrainedModel_SumToTheRawScoreAndIgnoreUnusedFeatures()
    {
        var table = TrainingTables.Make(5, rows: 2000, features: 8);
        var ensemble = GradientBoostingTrainer.Train(table, new TrainingOptions { Rounds = 40, Threads = 1 }).Ensemble;
        var shap = new TreeShap(ensemble);
        var contributions = new double[8];
        var row = new float[8];
        double baseRate = 0;
        for (int r = 0; r < table.RowCount; r++)
        {
            table.CopyRow(r, row);
            baseRate += new TreeModel(ensemble).Score(row) / table.RowCount;
            if (r < 100)
            {
                AssertSums(ensemble, shap, row);
                shap.Contributions(row, contributions);
                Assert.Equal(0, contributions[2]);
            }
        }

        // The leaf counts are those of the training rows, so the expectation is their mean score.
        Assert.Equal(baseRate, shap.ExpectedValues[0], 1e-5);
    }

    [Fact]
    public void Contributions_OneQuestion_MissingIsAValueLikeAnother()
    {
        var node = new TreeNode { Threshold = 5, MissingGoesLeft = true, Left = ~0, Right = ~1 };
        var tree = new Tree([node], [1, 3]) { LeafWeights = [30, 10] };
        var shap = new TreeShap(new TreeEnsemble(["x"], [tree], new IdentityLink()));
        var contribution = new double[1];

        shap.Contributions([float.NaN], contribution);

        Assert.Equal(1.5, shap.ExpectedValues[0], 1e-15);
        Assert.Equal(-0.5, contribution[0], 1e-15);
    }

    [Fact]
    public void Groups_SlotsOfOneCategoricalQuestion_ShareAContribution()
    {
        var node = new TreeNode { Kind = SplitKind.AnySlotPositive, Set = 0, Left = ~0, Right = ~1 };
        var tree = new Tree([node], [0, 4]) { LeafWeights = [3, 1], Sets = [new ValueSet([1, 3])] };
        var shap = new TreeShap(new TreeEnsemble(["a", "is_b", "c", "is_d"], [tree], new IdentityLink()));
        var contributions = new double[3];

        shap.Contributions([9, 0, 9, 1], contributions);

        Assert.Equal([[0], [1, 3], [2]], shap.Groups.Members);
        Assert.Equal([0, 3, 0], contributions);
    }

    [Fact]
    public void Create_WithoutCovers_SaysWhatToDo_AndCountedCoversHelp()
    {
        var random = new Random(6);
        var ensemble = RandomEnsembles.Ensemble(random, 4, 5, 9);
        float[][] rows = Enumerable.Range(0, 200).Select(_ => RandomEnsembles.Row(random, 5)).ToArray();

        var error = Assert.Throws<ArgumentException>(() => new TreeShap(ensemble));
        var counted = CoverCounts.Count(ensemble, rows);

        Assert.Contains("CoverCounts", error.Message, StringComparison.Ordinal);
        Assert.All(counted.Trees, tree => Assert.Equal(200, tree.LeafWeights.Sum()));
        Assert.All(counted.Trees.Where(tree => tree.Nodes.Length > 0), tree => Assert.Equal(200, tree.NodeWeights[0]));
        foreach (float[] row in rows.Take(10))
        {
            AssertSums(counted, new TreeShap(counted), row);
        }
    }

    private static void AssertSums(TreeEnsemble ensemble, TreeShap shap, float[] row)
    {
        var contributions = new double[shap.Groups.Count];
        var raw = new double[1];
        shap.Contributions(row, contributions);
        new ReferenceScorer(ensemble).RawScores(row, raw);
        double tolerance = ensemble.Precision == ScorePrecision.Double ? 1e-9 : 1e-6;
        Assert.Equal(raw[0], shap.ExpectedValues[0] + contributions.Sum(), tolerance * Math.Max(1, Math.Abs(raw[0])));
    }

    /// <summary>Random training counts; some leaves and whole branches never saw a row.</summary>
    private static TreeEnsemble Covered(Random random, TreeEnsemble ensemble) => new(
        ensemble.FeatureNames,
        ensemble.Trees.Select(tree => new Tree(tree.Nodes.ToArray(), tree.LeafValues.ToArray())
        {
            Sets = tree.Sets,
            Output = tree.Output,
            LeafWeights = Enumerable.Range(0, tree.LeafCount).Select(_ => random.Next(3) == 0 ? 0f : random.Next(1, 50)).ToArray(),
        }).ToArray(),
        ensemble.Link,
        ensemble.BaseScores.ToArray(),
        ensemble.Divisor,
        ensemble.Precision);
}
