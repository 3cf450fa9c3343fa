using WinBack.Trees.Training;

namespace WinBack.Tests.Trees;

/// <summary>
/// Training quality on the shared synthetic churn set. References: ML.NET FastTree 0.7823 (0.7893 with imputation); XGBoost 1.7.4
/// from 0.7932 to 0.7968 depending on the number of bins alone (64 to 255), so the bounds leave that much room.
/// </summary>
public sealed class SyntheticChurnTests
{
    [SharedDataFact("synthetic_churn")]
    public void Train_HundredTreesOfTwentyLeaves_AucAboveFastTree()
    {
        var train = FloatCsv.ReadTable(SharedData.File("synthetic_churn", "train.csv.gz"), "label");
        var test = FloatCsv.ReadTable(SharedData.File("synthetic_churn", "test.csv.gz"), "label");

        var result = GradientBoostingTrainer.Train(train, new TrainingOptions());
        var metrics = GradientBoostingTrainer.Evaluate(result.Ensemble, test);

        Assert.Equal(100, result.Rounds);
        Assert.InRange(metrics.Auc, 0.79, 0.83);
        Assert.InRange(metrics.LogLoss, 0.40, 0.445);
        Assert.InRange(metrics.ExpectedCalibrationError, 0, 0.02);
    }
}
