using WinBack.Core.Features;
using WinBack.Trees.ModelFiles;
using WinBack.Trees.Training;

namespace WinBack.IntegrationTests.Service;

/// <summary>Two small models on the feature schema of this build, so that these tests do not wait for the shipped ones to be trained again.</summary>
internal static class SmallModels
{
    private const int Rows = 400;
    private static readonly DateTimeOffset Created = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes FOLDER/churn and FOLDER/winback: churn grows with silence, a return with the purchases made.</summary>
    internal static void Write(string folder)
    {
        Write(folder, "churn", "days_since_last_purchase", value => value > 60 ? 0.8 : 0.2);
        Write(folder, "winback", "purchases_lifetime", value => value > 30 ? 0.35 : 0.2);
    }

    private static void Write(string folder, string name, string feature, Func<float, double> probability)
    {
        var random = new Random(20_26);
        IReadOnlyList<string> names = FeatureSchema.Default.Names;
        float[][] columns = names.Select(_ => Enumerable.Range(0, Rows).Select(_ => random.NextSingle() * 100).ToArray()).ToArray();
        float[] labels = columns[FeatureSchema.Default.IndexOf(feature)]
            .Select(value => random.NextDouble() < probability(value) ? 1f : 0f).ToArray();
        var table = new TrainingTable(names, columns, labels);
        TrainingResult result = GradientBoostingTrainer.Train(table, new TrainingOptions { Rounds = 5, Leaves = 4, Threads = 1 });
        float[][] golden = Enumerable.Range(0, 5).Select(row => columns.Select(column => column[row]).ToArray()).ToArray();
        var card = new ModelCard
        {
            Name = name, LabelDefinition = "made up", FeatureSchemaHash = FeatureSchema.Default.Hash, CreatedTime = Created,
        };
        ModelDirectory.Save(Path.Combine(folder, name), result.Ensemble, card, golden);
    }
}
