using WinBack.Core.Features;
using WinBack.Trees.ModelFiles;
using WinBack.Trees.Training;

namespace WinBack.Cli.Training;

/// <summary>What a model expects of each feature, read off the table it was made from.</summary>
internal static class FeatureContracts
{
    internal static IReadOnlyList<FeatureContract> Of(TableFile file, TrainingOptions options) =>
        Enumerable.Range(0, file.Table.FeatureCount).Select(f => Of(file, options, f)).ToArray();

    private static FeatureContract Of(TableFile file, TrainingOptions options, int feature)
    {
        string name = file.Table.FeatureNames[feature];
        bool isCategory = options.Categorical.Contains(name);
        double least = double.PositiveInfinity, most = double.NegativeInfinity;
        bool seenMissing = false;
        foreach (float value in file.Table.Column(feature))
        {
            seenMissing |= float.IsNaN(value);
            if (!float.IsFinite(value)) continue;
            least = Math.Min(least, value);
            most = Math.Max(most, value);
        }

        return new FeatureContract
        {
            Name = name,
            Type = isCategory ? FeatureContract.Category : FeatureContract.Number,
            Unit = file.IsOurs ? FeatureSchema.Default.Features[feature].Unit : "",
            SeenMissing = seenMissing,
            Least = isCategory || most < least ? null : least,
            Most = isCategory || most < least ? null : most,
            Categories = file.Categories.GetValueOrDefault(name, []),
            Monotone = options.Monotone.TryGetValue(name, out MonotoneDirection direction)
                ? direction == MonotoneDirection.Increasing ? "+" : "-"
                : "",
        };
    }
}
