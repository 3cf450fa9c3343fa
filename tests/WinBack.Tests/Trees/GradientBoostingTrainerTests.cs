using WinBack.Trees.Metrics;
using WinBack.Trees.ModelFiles;
using WinBack.Trees.Training;

namespace WinBack.Tests.Trees;

public sealed class GradientBoostingTrainerTests
{
    [Fact]
    public void Train_AnyNumberOfThreads_SameBytes()
    {
        var table = TrainingTables.Make(1, 6000, 37, weights: true);
        byte[] Bytes(int threads) => ModelBinary.Write(GradientBoostingTrainer.Train(
            table, new TrainingOptions { Rounds = 15, Threads = threads, ValidationFraction = 0.2 }).Ensemble);

        byte[] one = Bytes(1);

        Assert.Equal(one, Bytes(2));
        Assert.Equal(one, Bytes(7));
    }

    [Fact]
    public void Train_OtherSeed_HoldsOutOtherRows()
    {
        var table = TrainingTables.Make(1, 2000, 5);
        byte[] Bytes(ulong seed) => ModelBinary.Write(GradientBoostingTrainer.Train(
            table, new TrainingOptions { Rounds = 5, Seed = seed, ValidationFraction = 0.2 }).Ensemble);

        Assert.NotEqual(Bytes(1), Bytes(2));
        Assert.Equal(Bytes(2), Bytes(2));
    }

    [Fact]
    public void Train_MissingValuesThatMeanSomething_DirectionIsLearned()
    {
        // The label is 1 exactly where the only feature is missing.
        float[] column = Enumerable.Range(0, 400).Select(row => row % 4 == 0 ? float.NaN : row).ToArray();
        float[] labels = column.Select(value => float.IsNaN(value) ? 1f : 0f).ToArray();

        var result = GradientBoostingTrainer.Train(new TrainingTable(["x"], [column], labels), new TrainingOptions { Rounds = 20 });
        var model = new TreeModel(result.Ensemble);

        Assert.True(model.Probability([float.NaN]) > 0.95);
        Assert.True(model.Probability([3]) < 0.05);
        Assert.True(model.Probability([1e9f]) < 0.05);
    }

    [Fact]
    public void Train_WeightsOfZero_AreAsIfTheRowsWereNotThere()
    {
        // Bins are cut on all rows: with fewer values than bins each value has its own, whatever the rows.
        var made = TrainingTables.Make(3, 1000, 2);
        float[][] columns = [made.Column(0).ToArray().Select(x => MathF.Round(x, 2)).ToArray(), made.Column(1).ToArray()];
        var table = new TrainingTable(made.FeatureNames, columns, made.Labels.ToArray());
        int[] kept = Enumerable.Range(0, 1000).Where(row => row % 3 != 0).ToArray();
        var weights = Enumerable.Range(0, 1000).Select(row => row % 3 == 0 ? 0f : 1f).ToArray();
        var weighted = new TrainingTable(made.FeatureNames, columns, made.Labels.ToArray(), weights);

        var options = new TrainingOptions { Rounds = 1, MinRowsPerLeaf = 1, Leaves = 2 };
        var a = GradientBoostingTrainer.Train(weighted, options).Ensemble;
        var b = GradientBoostingTrainer.Train(table.Select(kept), options).Ensemble;

        Assert.Equal(b.Trees[0].Nodes[0].Feature, a.Trees[0].Nodes[0].Feature);
        Assert.Equal(b.Trees[0].LeafValues[0], a.Trees[0].LeafValues[0], 9);
        Assert.Equal(b.Trees[0].LeafValues[1], a.Trees[0].LeafValues[1], 9);
        Assert.Equal(b.BaseScores[0], a.BaseScores[0], 9);
    }

    [Fact]
    public void Train_EarlyStopping_KeepsTheBestRound()
    {
        var table = TrainingTables.Make(4, 1500, 12);
        var options = new TrainingOptions
        {
            Rounds = 300,
            Leaves = 40,
            MinRowsPerLeaf = 2,
            ValidationFraction = 0.3,
            EarlyStoppingRounds = 10,
        };

        var result = GradientBoostingTrainer.Train(table, options);

        double best = result.History.Min(round => round.ValidationLoss);
        Assert.InRange(result.History.Count, 11, 299);
        Assert.Equal(result.History.Count - 10, result.Rounds);
        Assert.Equal(best, result.History[result.Rounds - 1].ValidationLoss);
        Assert.Equal(best, Binary(result.ValidationMetrics).LogLoss, 9);
        Assert.Equal(result.History[result.Rounds - 1].ValidationAuc, Binary(result.ValidationMetrics).Auc, 9);
    }

    [Fact]
    public void Train_Progress_EveryRoundWithFallingTrainLoss()
    {
        var seen = new List<TrainingProgress>();
        var table = TrainingTables.Make(5, 2000, 6);

        var result = GradientBoostingTrainer.Train(table, new TrainingOptions { Rounds = 8 }, new Collect(seen));

        Assert.Equal(Enumerable.Range(1, 8), seen.Select(round => round.Round));
        Assert.Equal(seen.Select(round => round.TrainLoss).OrderDescending(), seen.Select(round => round.TrainLoss));
        Assert.Equal(seen[^1].TrainLoss, Binary(result.TrainMetrics).LogLoss, 9);
        Assert.All(seen, round => Assert.True(double.IsNaN(round.ValidationLoss)));
    }

    [Fact]
    public void Train_HeldOutPart_IsTheLatestRows()
    {
        var table = TrainingTables.Make(6, 1000, 4, times: true);

        var (kept, heldOut) = table.HoldOut(0.2, seed: 9);

        Assert.Equal(800, kept.RowCount);
        Assert.Equal(200, heldOut.RowCount);
        Assert.True(kept.Times.ToArray().Max() < heldOut.Times.ToArray().Min());
    }

    [Fact]
    public void Train_FastTreeRecipe_ScoresInItsOwnUnits()
    {
        var table = TrainingTables.Make(7, 3000, 6);

        var ensemble = GradientBoostingTrainer.Train(table, new TrainingOptions { Recipe = TrainingRecipe.FastTree, Rounds = 30 }).Ensemble;

        Assert.Equal(new WinBack.Trees.Ensemble.LogisticLink(0.4), ensemble.Link);
        Assert.Equal(0, ensemble.BaseScores[0]);
        double Loss(double slope) => GradientBoostingTrainer.Evaluate(
            ensemble.WithLink(new WinBack.Trees.Ensemble.LogisticLink(slope)), TrainingTables.Make(77, 3000, 6)).LogLoss;
        Assert.True(Loss(0.4) < Loss(1));
        Assert.True(Loss(0.4) < Loss(0.1));
    }

    [Fact]
    public void Train_PlattCalibration_DoesNotHurtTheHeldOutLoss()
    {
        var table = TrainingTables.Make(8, 4000, 10);
        var options = new TrainingOptions { Rounds = 150, Leaves = 50, MinRowsPerLeaf = 1, ValidationFraction = 0.3 };

        var plain = GradientBoostingTrainer.Train(table, options);
        options.Calibration = CalibrationKind.Platt;
        var calibrated = GradientBoostingTrainer.Train(table, options);

        var (before, after) = (Binary(plain.ValidationMetrics), Binary(calibrated.ValidationMetrics));
        Assert.True(after.LogLoss < before.LogLoss);
        Assert.True(after.ExpectedCalibrationError < before.ExpectedCalibrationError);
        Assert.Equal(before.Auc, after.Auc, 9);
        Assert.Equal(before.ExpectedCalibrationError, calibrated.Calibration!.EceBefore);
        Assert.InRange(calibrated.Calibration.EceAfter, after.ExpectedCalibrationError / 2, before.ExpectedCalibrationError);
        Assert.Null(plain.Calibration);
    }

    [Fact]
    public void Train_Cancelled_Throws() => Assert.Throws<OperationCanceledException>(() => GradientBoostingTrainer.Train(
        TrainingTables.Make(9, 200, 3), new TrainingOptions(), null, new CancellationToken(canceled: true)));

    [Fact]
    public void Rejects_OptionsOutOfRange_AllNamed()
    {
        var options = new TrainingOptions { Rounds = 0, Leaves = 1, LearningRate = 2, EarlyStoppingRounds = 3, Calibration = CalibrationKind.Platt };

        var error = Assert.Throws<ArgumentException>(() => GradientBoostingTrainer.Train(TrainingTables.Make(1, 50, 3), options));

        Assert.All(
            ["Rounds", "Leaves", "LearningRate", "EarlyStoppingRounds", "Calibration"],
            name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Rejects_OneClassOnly() => Assert.Contains(
        "both classes",
        Assert.Throws<ArgumentException>(() => GradientBoostingTrainer.Train(
            new TrainingTable(["x"], [[1, 2, 3]], [1, 1, 1]), new TrainingOptions())).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Rejects_WeightsThatLeaveOneClass() => Assert.Contains(
        "weight",
        Assert.Throws<ArgumentException>(() => GradientBoostingTrainer.Train(
            new TrainingTable(["x"], [[1, 2, 3]], [1, 1, 0], [1, 1, 0]), new TrainingOptions())).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Train_NothingToLearn_GivesTheBaseRate()
    {
        var table = new TrainingTable(["x"], [Enumerable.Repeat(1f, 100).ToArray()], Enumerable.Range(0, 100).Select(i => i < 25 ? 1f : 0f).ToArray());

        var ensemble = GradientBoostingTrainer.Train(table, new TrainingOptions()).Ensemble;

        Assert.Empty(ensemble.Trees);
        Assert.Equal(0.25, new TreeModel(ensemble).Probability([1]), 6);
    }

    private static BinaryMetrics Binary(ModelMetrics? metrics) => Assert.IsType<BinaryMetrics>(metrics);

    private sealed class Collect(List<TrainingProgress> seen) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => seen.Add(value);
    }
}
