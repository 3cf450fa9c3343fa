using WinBack.Trees.Ensemble;
using WinBack.Trees.Metrics;
using WinBack.Trees.ModelFiles;
using WinBack.Trees.Training;

namespace WinBack.Tests.Trees;

public sealed class TrainingObjectiveTests
{
    private static TrainingTable Counts(int seed, int rows)
    {
        var random = new Random(seed);
        float[] x = Enumerable.Range(0, rows).Select(_ => random.NextSingle()).ToArray();
        float[] labels = x.Select(value => (float)Poisson(random, Math.Exp((3 * value) - 1))).ToArray();
        return new TrainingTable(["x", "noise"], [x, Enumerable.Range(0, rows).Select(_ => random.NextSingle()).ToArray()], labels);
    }

    [Theory]
    [InlineData(TrainingObjective.Logistic)]
    [InlineData(TrainingObjective.SquaredError)]
    [InlineData(TrainingObjective.Poisson)]
    [InlineData(TrainingObjective.Tweedie)]
    public void At_AnyScore_DerivativesAreThoseOfTheLoss(TrainingObjective kind)
    {
        var objective = Objective.Create(new TrainingOptions { Objective = kind, TweediePower = 1.3 });
        const double step = 1e-5;
        foreach (double label in kind == TrainingObjective.Logistic ? (double[])[0, 1] : [0, 1, 7.5])
        {
            foreach (double score in (double[])[-2, -0.1, 0, 0.4, 1.7])
            {
                double slope = (objective.At(score + step, label).Loss - objective.At(score - step, label).Loss) / (2 * step);
                double curvature = (objective.At(score - step, label).Gradient - objective.At(score + step, label).Gradient) / (2 * step);
                var at = objective.At(score, label);
                Assert.Equal(-slope, at.Gradient, 1e-6);
                Assert.Equal(kind == TrainingObjective.Poisson ? curvature * Math.Exp(0.7) : curvature, at.Hessian, 1e-6);
                Assert.True(at.Loss >= -1e-12, $"loss {at.Loss}");
            }
        }
    }

    [Theory]
    [InlineData(TrainingObjective.Logistic)]
    [InlineData(TrainingObjective.SquaredError)]
    [InlineData(TrainingObjective.Poisson)]
    [InlineData(TrainingObjective.Tweedie)]
    public void Train_NothingToSplit_IsTheMeanAndItsLossTheClosedForm(TrainingObjective kind)
    {
        float[] labels = kind == TrainingObjective.Logistic ? [0, 1, 0, 0, 1] : [0, 3, 0, 2, 5];
        float[] weights = [1, 2, 1, 1, 0.5f];
        var table = new TrainingTable(["x"], [[1, 1, 1, 1, 1]], labels, weights);
        var options = new TrainingOptions { Objective = kind, TweediePower = 1.5 };

        var result = GradientBoostingTrainer.Train(table, options);

        double mean = labels.Zip(weights, (y, w) => y * w).Sum() / 5.5;
        Assert.Empty(result.Ensemble.Trees);
        Assert.Equal(mean, new TreeModel(result.Ensemble).Probability([1]), 5);
        var pass = new GradientPass(table, Objective.Create(options), 1);
        double expected = labels.Zip(weights, (y, w) => w * kind switch
        {
            TrainingObjective.Logistic => y == 1 ? -Math.Log(mean) : -Math.Log(1 - mean),
            TrainingObjective.SquaredError => (y - mean) * (y - mean) / 2,
            TrainingObjective.Poisson => (y > 0 ? y * Math.Log(y / mean) : 0) - (y - mean),
            _ => (-4 * Math.Sqrt(y)) + (2 * y / Math.Sqrt(mean)) + (2 * Math.Sqrt(mean)),
        }).Sum() / 5.5;
        double score = result.Ensemble.BaseScores[0];
        Assert.Equal(expected, pass.Loss([score, score, score, score, score], new ParallelOptions()), 9);
    }

    [Theory]
    [InlineData(TrainingObjective.SquaredError)]
    [InlineData(TrainingObjective.Poisson)]
    [InlineData(TrainingObjective.Tweedie)]
    public void Train_Counts_LossFallsEveryRoundAndTheMeanIsLearned(TrainingObjective kind)
    {
        var table = Counts(1, 4000);

        var result = GradientBoostingTrainer.Train(table, new TrainingOptions { Objective = kind, Rounds = 40 });

        Assert.Equal(result.History.Select(round => round.TrainLoss).OrderDescending(), result.History.Select(round => round.TrainLoss));
        var metrics = Assert.IsType<RegressionMetrics>(GradientBoostingTrainer.Judge(result.Ensemble, Counts(2, 4000)));
        Assert.Equal(metrics.MeanLabel, metrics.MeanPrediction, 0.15);
        Assert.InRange(metrics.Gini, 0.5, 1);
        Assert.InRange(metrics.ExplainedShare, 0.3, 1);
        var model = new TreeModel(result.Ensemble);
        Assert.Equal(Math.Exp(-0.4), model.Probability([0.2f, 0.5f]), 0.25);
        Assert.Equal(Math.Exp(1.7), model.Probability([0.9f, 0.5f]), 1.0);
    }

    [Fact]
    public void Train_SquaredError_OneLeafPairIsTheMeansOfBothSides()
    {
        var table = new TrainingTable(["x"], [[1, 1, 1, 2, 2, 2]], [1, 2, 3, 10, 20, 60]);
        var options = new TrainingOptions
        {
            Objective = TrainingObjective.SquaredError, Rounds = 1, Leaves = 2, LearningRate = 1, L2 = 0, MinRowsPerLeaf = 1,
        };

        var model = new TreeModel(GradientBoostingTrainer.Train(table, options).Ensemble);

        Assert.Equal(2, model.Probability([1]), 3);
        Assert.Equal(30, model.Probability([2]), 3);
    }

    [Theory]
    [InlineData(TrainingObjective.SquaredError)]
    [InlineData(TrainingObjective.Tweedie)]
    public void Train_UnboundedGradients_SameBytesForAnyNumberOfThreads(TrainingObjective kind)
    {
        var table = Counts(3, 20_000);
        byte[] Bytes(int threads) => ModelBinary.Write(
            GradientBoostingTrainer.Train(table, new TrainingOptions { Objective = kind, Rounds = 8, Threads = threads }).Ensemble);

        byte[] one = Bytes(1);
        Assert.Equal(one, Bytes(2));
        Assert.Equal(one, Bytes(4));
    }

    [Fact]
    public void Train_L1_LeavesWithoutEnoughGradientSayNothing()
    {
        var table = TrainingTables.Make(3, 500, 4);
        TreeEnsemble Train(double l1) =>
            GradientBoostingTrainer.Train(table, new TrainingOptions { Rounds = 5, L1 = l1, MinRowsPerLeaf = 5 }).Ensemble;

        Assert.Empty(Train(1000).Trees);
        double Largest(double l1) => Train(l1).Trees.SelectMany(tree => tree.LeafValues.ToArray()).Max(Math.Abs);
        Assert.True(Largest(10) < Largest(0));
    }

    [Theory]
    [InlineData(TrainingObjective.Logistic, new float[] { 0, 1, 2 }, "label 2 is neither 0 nor 1")]
    [InlineData(TrainingObjective.Poisson, new float[] { 0, 1, -2 }, "label -2 is below 0")]
    [InlineData(TrainingObjective.Tweedie, new float[] { 0, 0, 0 }, "All labels with a weight are 0")]
    public void Rejects_LabelsThatTheObjectiveDoesNotAllow(TrainingObjective kind, float[] labels, string expected) =>
        Assert.Contains(
            expected,
            Assert.Throws<ArgumentException>(() => GradientBoostingTrainer.Train(
                new TrainingTable(["x"], [[1, 2, 3]], labels), new TrainingOptions { Objective = kind })).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Rejects_SettingsThatDoNotGoTogether()
    {
        var errors = new TrainingOptions
        {
            Objective = TrainingObjective.Poisson, Recipe = TrainingRecipe.FastTree, Calibration = CalibrationKind.Platt,
            ValidationFraction = 0.2,
        }.Validate();

        Assert.Contains(errors, error => error.Contains("Calibration Platt is of probabilities", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Contains("FastTree recipe", StringComparison.Ordinal));
    }

    /// <summary>Knuth's method; fine for small means.</summary>
    private static int Poisson(Random random, double mean)
    {
        double product = 1;
        int count = -1;
        for (double limit = Math.Exp(-mean); product > limit; count++) product *= random.NextDouble();
        return count;
    }
}
