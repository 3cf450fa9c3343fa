using WinBack.Trees.ModelFiles;
using WinBack.Trees.Training;
using WinBack.Trees.Uplift;

namespace WinBack.Tests.Trees.Uplift;

public sealed class UpliftTrainerTests
{
    [Theory]
    [InlineData(MetaLearner.S, 0.006)]
    [InlineData(MetaLearner.T, 0.006)]
    [InlineData(MetaLearner.X, 0.004)]
    [InlineData(MetaLearner.DR, 0.004)]
    public void Train_SimulatedTrial_FindsTheKnownEffects(MetaLearner learner, double allowed)
    {
        var trial = SimulatedTrial.Make(1, 20_000);

        double[] found = UpliftTrainer.Train(trial.Table, Options(learner)).EffectsOf(trial.Table)[1];

        double[] known = trial.Effects;
        double average = known.Average();
        double error = MeanSquare(known.Zip(found, (k, f) => k - f));
        double ofAverage = MeanSquare(known.Select(k => k - average));
        Assert.True(error < allowed, $"{learner}: mean squared error {error}, of the average effect alone {ofAverage}");
        Assert.True(error < ofAverage / 2, $"{learner}: mean squared error {error}, of the average effect alone {ofAverage}");
        Assert.Equal(average, found.Average(), 0.02);
    }

    /// <summary>Rows that do better anyway are treated more often: a plain comparison of the arms is wrong, DR is not.</summary>
    [Fact]
    public void Train_ConfoundedHistoryWithKnownPropensities_DoublyRobustFindsTheAverageEffect()
    {
        var trial = SimulatedTrial.Make(2, 20_000, confounded: true);
        float[] outcomes = trial.Table.Outcomes.ToArray();
        double plain = trial.Table.RowsOf(1).Average(row => outcomes[row]) - trial.Table.RowsOf(0).Average(row => outcomes[row]);

        double[] found = UpliftTrainer.Train(trial.Table, Options(MetaLearner.DR)).EffectsOf(trial.Table)[1];

        double known = trial.Effects.Average();
        Assert.True(Math.Abs(plain - known) > 0.03, $"plain comparison {plain}, known {known}");
        Assert.Equal(known, found.Average(), 0.015);
    }

    [Fact]
    public void Estimate_ConfoundedHistory_ComesNearTheTruePropensities()
    {
        var trial = SimulatedTrial.Make(3, 10_000, confounded: true);
        var blind = new TreatmentTable(
            trial.Table.FeatureNames, Enumerable.Range(0, 4).Select(f => trial.Table.Column(f).ToArray()).ToArray(),
            trial.Table.Outcomes.ToArray(), trial.Table.Arms.ToArray(), trial.Table.ArmNames);

        var estimated = PropensityModel.Estimate(blind, Options(MetaLearner.DR));

        double error = MeanSquare(Enumerable.Range(0, 10_000).Select(row => trial.Table.Propensity(row, 1) - estimated.Propensity(row, 1)));
        Assert.True(error < 0.004, $"mean squared error {error}");
        Assert.Equal(1, estimated.Propensity(5, 0) + estimated.Propensity(5, 1), 1e-6);
    }

    [Fact]
    public void Train_Amounts_EffectsAreInUnitsOfTheOutcome()
    {
        var trial = SimulatedTrial.Make(4, 10_000, amounts: true);

        double[] found = UpliftTrainer.Train(trial.Table, Options(MetaLearner.DR)).EffectsOf(trial.Table)[1];

        Assert.True(MeanSquare(trial.Effects.Zip(found, (k, f) => k - f)) < 0.001);
    }

    [Theory]
    [InlineData(MetaLearner.S)]
    [InlineData(MetaLearner.DR)]
    public void SaveAndLoad_SameEffectsBitForBit_AndSameForTheSameSeed(MetaLearner learner)
    {
        using var folder = new TempFolder();
        var trial = SimulatedTrial.Make(5, 3_000);
        var model = UpliftTrainer.Train(trial.Table, Options(learner));
        var card = new ModelCard
        {
            Name = "uplift", LabelDefinition = "made up", FeatureSchemaHash = "", CreatedTime = DateTimeOffset.UnixEpoch,
        };

        UpliftDirectory.Save(folder.Path("u"), model, card, [new float[4]]);
        var loaded = UpliftDirectory.Load(folder.Path("u"));

        Assert.Equal(model.EffectsOf(trial.Table)[1], loaded.EffectsOf(trial.Table)[1]);
        Assert.Equal(model.OutcomesOf(trial.Table)[0], loaded.OutcomesOf(trial.Table)[0]);
        Assert.Equal(model.EffectsOf(trial.Table)[1], UpliftTrainer.Train(trial.Table, Options(learner)).EffectsOf(trial.Table)[1]);
        File.AppendAllText(Path.Combine(folder.Path("u"), "effect-1-0", "model.bin"), "x");
        Assert.Throws<ModelFormatException>(() => UpliftDirectory.Load(folder.Path("u")));
    }

    [Fact]
    public void Table_WhatCannotBe_IsRefused()
    {
        float[][] columns = [[1, 2, 3]];
        Assert.Throws<ArgumentException>(() => new TreatmentTable(["x"], columns, [0, 1, 0], [0, 0, 0], ["nothing", "mail"]));
        Assert.Throws<ArgumentException>(() => new TreatmentTable(["x"], columns, [0, 1, 0], [0, 2, 1], ["nothing", "mail"]));
        Assert.Throws<ArgumentException>(() => new TreatmentTable(["x"], columns, [0, 1], [0, 1, 1], ["nothing", "mail"]));
        Assert.Throws<ArgumentException>(() => new TreatmentTable(
            ["x"], columns, [0, 1, 0], [0, 1, 1], ["nothing", "mail"], [[1, 1, 1], [0, 0, 0]]));
    }

    private static UpliftOptions Options(MetaLearner learner) => new()
    {
        Learner = learner,
        Folds = 3,
        Outcome = new TrainingOptions { Rounds = 60, Leaves = 8, LearningRate = 0.1, MinRowsPerLeaf = 100, Threads = 2 },
        Effect = new TrainingOptions { Rounds = 40, Leaves = 4, LearningRate = 0.1, MinRowsPerLeaf = 200, Threads = 2 },
    };

    private static double MeanSquare(IEnumerable<double> errors) => errors.Average(error => error * error);
}
