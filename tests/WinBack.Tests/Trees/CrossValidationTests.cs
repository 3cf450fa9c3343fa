using WinBack.Trees.Training;

namespace WinBack.Tests.Trees;

public sealed class CrossValidationTests
{
    [Fact]
    public void Split_WithTimes_WindowsExpandAndNeverSeeTheFuture()
    {
        // Rows of 30 days, ten a day, in no order.
        var random = new Random(1);
        var times = Enumerable.Range(0, 300).Select(i => DateTimeOffset.UnixEpoch.AddDays(i % 30)).OrderBy(_ => random.Next()).ToArray();
        var table = new TrainingTable(["x"], [new float[300]], new float[300], times: times);

        var folds = CrossValidation.Split(table, 4, TimeSpan.FromDays(2), seed: 1);

        Assert.Equal(4, folds.Count);
        Assert.All(folds, fold => Assert.All(fold.Learning, row => Assert.True(times[row] + TimeSpan.FromDays(2) <= fold.From)));
        Assert.All(folds, fold => Assert.Equal(fold.From, fold.Validation.Min(row => times[row])));
        Assert.Equal(folds.Select(fold => fold.Learning.Count).Order(), folds.Select(fold => fold.Learning.Count));
        Assert.Equal(240, folds.SelectMany(fold => fold.Validation).Distinct().Count());
        Assert.Equal(240, folds.Sum(fold => fold.Validation.Count));
        for (int i = 1; i < folds.Count; i++)
            Assert.True(folds[i - 1].Validation.Max(row => times[row]) < folds[i].From, "rows of one instant stay together");
    }

    [Fact]
    public void Split_WithoutTimes_EachRowIsJudgedOnce()
    {
        var folds = CrossValidation.Split(TrainingTables.Make(1, 103, 3), 5, TimeSpan.Zero, seed: 7);

        Assert.Equal(Enumerable.Range(0, 103), folds.SelectMany(fold => fold.Validation).Order());
        Assert.All(folds, fold => Assert.Equal(103, fold.Learning.Count + fold.Validation.Count));
        Assert.NotEqual(Enumerable.Range(0, 103).Where(row => row % 5 == 0), folds[0].Validation);
    }

    [Fact]
    public void Split_TooFewInstants_SaysWhatToDo() => Assert.Contains(
        "take fewer folds",
        Assert.Throws<ArgumentException>(() => CrossValidation.Split(
            new TrainingTable(["x"], [new float[4]], new float[4], times: new DateTimeOffset[4]), 3, TimeSpan.Zero, 1)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Search_AnyNumberOfTimes_SameTrialsTheFirstAsGiven()
    {
        var table = TrainingTables.Make(2, 600, 5, times: true);
        var folds = CrossValidation.Split(table, 2, TimeSpan.Zero, 1);
        var options = new TrainingOptions { Rounds = 8, MinRowsPerLeaf = 20, ValidationFraction = 0.2, EarlyStoppingRounds = 3 };

        var trials = ParameterSearch.Run(table, folds, options, 5);
        var again = ParameterSearch.Run(table, folds, options, 3);

        Assert.Equal(options, trials[0].Options);
        Assert.Equal(trials.Take(3).Select(trial => trial.Result.MeanLoss), again.Select(trial => trial.Result.MeanLoss));
        Assert.Equal(5, trials.Select(trial => trial.Options.LearningRate).Distinct().Count());
        Assert.All(trials, trial => Assert.Empty(trial.Options.Validate()));
        Assert.NotEqual(
            ParameterSearch.Draw(options, 2).LearningRate, ParameterSearch.Draw(options with { Seed = 2 }, 2).LearningRate);
    }

    [Fact]
    public void Draw_ManyTrials_StaysInTheDocumentedRanges()
    {
        foreach (int number in Enumerable.Range(2, 500))
        {
            var drawn = ParameterSearch.Draw(new TrainingOptions(), number);
            Assert.InRange(drawn.Leaves, 6, 64);
            Assert.InRange(drawn.LearningRate, 0.02, 0.3);
            Assert.InRange(drawn.MinRowsPerLeaf, 5, 300);
            Assert.InRange(drawn.L2, 0.1, 50);
            Assert.InRange(drawn.L1, 0, 10);
            Assert.InRange(drawn.RowShare, 0.5, 1);
            Assert.InRange(drawn.FeatureShare, 0.3, 1);
        }
    }
}
