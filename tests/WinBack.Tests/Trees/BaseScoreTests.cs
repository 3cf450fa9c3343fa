using WinBack.Trees.ModelFiles;
using WinBack.Trees.Scoring;
using WinBack.Trees.Training;

namespace WinBack.Tests.Trees;

public sealed class BaseScoreTests
{
    [Fact]
    public void Train_NoBaseScoreGiven_StartsFromTheBaseRate()
    {
        var table = TrainingTables.Make(1, 500, 4);

        var ensemble = GradientBoostingTrainer.Train(table, new TrainingOptions { Rounds = 2 }).Ensemble;

        double rate = table.Labels.ToArray().Average();
        Assert.Equal(Math.Log(rate / (1 - rate)), ensemble.BaseScores[0], 6);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1.5)]
    public void Train_BaseScoreGiven_FirstTreeIsGrownFromIt(double start)
    {
        var table = TrainingTables.Make(2, 500, 4);
        var options = new TrainingOptions { Rounds = 1, Leaves = 2, LearningRate = 1, BaseScore = start };

        var ensemble = GradientBoostingTrainer.Train(table, options).Ensemble;

        // All rows have the same p, so a leaf's step follows from its rows and its positives.
        double p = 1 / (1 + Math.Exp(-start));
        var tree = ensemble.Trees[0];
        double[] positives = new double[2];
        var row = new float[4];
        for (int i = 0; i < table.RowCount; i++)
        {
            table.CopyRow(i, row);
            positives[ReferenceScorer.Leaf(tree, row)] += table.Labels[i];
        }

        Assert.Equal(start, ensemble.BaseScores[0]);
        for (int leaf = 0; leaf < 2; leaf++)
        {
            double rows = tree.LeafWeights[leaf];
            Assert.Equal((positives[leaf] - (rows * p)) / ((rows * p * (1 - p)) + options.L2), tree.LeafValues[leaf], 4);
        }
    }

    /// <summary>From the best constant the training may end at once; from any other start that would leave out the way there.</summary>
    [Theory]
    [InlineData(TrainingRecipe.Newton)]
    [InlineData(TrainingRecipe.FastTree)]
    public void Train_NothingToAsk_StillReachesTheBaseRate(TrainingRecipe recipe)
    {
        float[] labels = Enumerable.Range(0, 400).Select(row => row % 10 == 0 ? 1f : 0f).ToArray();
        var table = new TrainingTable(["x"], [Enumerable.Repeat(1f, 400).ToArray()], labels);
        var options = new TrainingOptions { Recipe = recipe, Rounds = 60, BaseScore = recipe == TrainingRecipe.Newton ? 0 : null };

        var ensemble = GradientBoostingTrainer.Train(table, options).Ensemble;

        Assert.InRange(new TreeModel(ensemble).Probability([1]), 0.099, 0.101);
    }

    [Fact]
    public void Describe_BaseScore_OnlyWhenGiven()
    {
        Assert.False(new TrainingOptions().Describe().ContainsKey("base_score"));
        Assert.Equal("-1.5", new TrainingOptions { BaseScore = -1.5 }.Describe()["base_score"]);
    }

    [Theory]
    [InlineData(TrainingRecipe.FastTree, TrainingObjective.Logistic, 1)]
    [InlineData(TrainingRecipe.Newton, TrainingObjective.Poisson, 21)]
    [InlineData(TrainingRecipe.Newton, TrainingObjective.Logistic, -21)]
    public void Rejects_BaseScoreThatDoesNotFit(TrainingRecipe recipe, TrainingObjective objective, double start) => Assert.Contains(
        new TrainingOptions { Recipe = recipe, Objective = objective, BaseScore = start }.Validate(),
        error => error.Contains("BaseScore", StringComparison.Ordinal));

    [Fact]
    public void Accepts_AnyMeanOfSquaredErrors() =>
        Assert.Empty(new TrainingOptions { Objective = TrainingObjective.SquaredError, BaseScore = 5000 }.Validate());
}
