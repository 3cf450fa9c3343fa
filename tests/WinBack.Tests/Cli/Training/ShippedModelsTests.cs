using System.Globalization;
using WinBack.Core.Features;
using WinBack.Trees.ModelFiles;

namespace WinBack.Tests.Cli.Training;

/// <summary>models/: after a change of the feature schema or the trainer, scripts/train-models.sh makes them again.</summary>
public sealed class ShippedModelsTests
{
    private static readonly DateTimeOffset NotTrainedOn = new(2011, 10, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("churn", 0.73)]
    [InlineData("winback", 0.63)]
    public void Load_WithTheCurrentSchema_IsWholeAndAsGoodAsDocumented(string name, double leastAuc)
    {
        TreeModel model = ModelDirectory.Load(RepositoryFiles.Path("models", name), FeatureSchema.Default.Hash);

        ModelCard card = model.Manifest!.Card;
        Assert.Equal(name, card.Name);
        Assert.Equal(FeatureSchema.Default.Names, model.FeatureNames);
        Assert.True(model.Manifest.GoldenRows >= 100);
        Assert.InRange(card.Metrics["test_auc"], leastAuc, 1);
        DateTimeOffset lastCut = DateTimeOffset.Parse(card.TrainingParameters["last_cut"], CultureInfo.InvariantCulture);
        double horizonDays = double.Parse(card.TrainingParameters["horizon_days"], CultureInfo.InvariantCulture);
        Assert.True(lastCut.AddDays(horizonDays) <= NotTrainedOn);
    }

    [Theory]
    [InlineData("churn")]
    [InlineData("winback")]
    public void ModelsDocument_NamesTheFiguresOfTheManifest(string name)
    {
        IReadOnlyDictionary<string, double> figures = ModelDirectory.Load(RepositoryFiles.Path("models", name))
            .Manifest!.Card.Metrics;
        string text = File.ReadAllText(RepositoryFiles.Path("docs", "MODELS.md"));

        string row = text.Split('\n').Single(line => line.StartsWith($"| `{name}` | test", StringComparison.Ordinal));
        foreach (string figure in (string[])["auc", "log_loss", "brier", "ece"])
            Assert.Contains(
                figures["test_" + figure].ToString("F4", CultureInfo.InvariantCulture), row, StringComparison.Ordinal);
    }
}
