using WinBack.Core.Features;
using WinBack.Trees.Ensemble;
using WinBack.Trees.ModelFiles;

namespace WinBack.Core.Models;

/// <summary>
/// What a model must be before it may score a customer. Pushing and every service node ask the same, so what is pushed is
/// served, and what was put into Redis by other means is not:
/// <list type="number">
/// <item>the trees have the hash that the manifest says, and every leaf is finite;</item>
/// <item>it was trained on the feature schema of this program;</item>
/// <item>the golden rows come out to the last bit;</item>
/// <item>it is the model it is taken for, asks only for features of the schema, and has one output;</item>
/// <item>no score that its leaves can add up to is turned into anything but a probability;</item>
/// <item>its reference histograms, when it has some, can be measured against.</item>
/// </list>
/// </summary>
public static class ModelAcceptance
{
    private const int ScoresTried = 65;

    /// <param name="name">The model that it is to serve as, "churn" say.</param>
    /// <exception cref="ModelFormatException">The model is refused; the message says why, and the fix.</exception>
    public static TreeModel Open(ModelPackage package, string name, FeatureSchema schema)
    {
        // Steps 1 to 3
        TreeModel model = ModelDirectory.Load(package, schema.Hash);

        // Step 4
        ModelCard card = model.Manifest!.Card;
        if (card.Name != name) throw Refuse(package, $"It is a model '{card.Name}', not '{name}'.", "Push it under its own name.");
        if (!ModelName.IsValid(name)) throw Refuse(package, $"'{name}' is no name for a model.", $"Use {ModelName.Rule}.");
        string version = ModelVersion.Of(model.Manifest.BinarySha256);
        if (card.Version.Length > 0 && card.Version != version)
            throw Refuse(package, $"Its manifest is of version {card.Version}, its trees are {version}.", "Restore both from one save.");
        string[] unknown = model.FeatureNames.Where(feature => schema.IndexOf(feature) < 0).ToArray();
        if (unknown.Length > 0)
        {
            throw Refuse(
                package, $"It wants features that schema {schema.Hash} has not: {string.Join(", ", unknown)}.", "Train it on this schema.");
        }

        if (model.Inputs is not null)
            throw Refuse(package, "It brings a preparation of its inputs, which serving does not run.", "Fold that into the trees.");
        if (model.Ensemble.OutputCount != 1)
            throw Refuse(package, $"It has {model.Ensemble.OutputCount} outputs.", "Train a model of one probability.");

        // Step 5
        CheckBounds(package, model.Ensemble);

        // Step 6
        CheckHistograms(package, card, model);
        return model;
    }

    private static void CheckBounds(ModelPackage package, TreeEnsemble trees)
    {
        double low = trees.BaseScores[0], high = low;
        foreach (Tree tree in trees.Trees)
        {
            (double least, double most) = (double.MaxValue, double.MinValue);
            foreach (double value in tree.LeafValues) (least, most) = (Math.Min(least, value), Math.Max(most, value));
            (low, high) = (low + least, high + most);
        }

        (low, high) = (low / trees.Divisor, high / trees.Divisor);
        double prediction = 0;
        for (int i = 0; i < ScoresTried; i++)
        {
            double score = low + ((high - low) * i / (ScoresTried - 1));
            prediction = score;
            trees.Link.Apply(new Span<double>(ref prediction));
            if (!(prediction is >= 0 and <= 1))
                throw Refuse(package, $"Raw score {score:R}, which it can reach, gives {prediction:R}: no probability.", "Train a classifier.");
        }
    }

    private static void CheckHistograms(ModelPackage package, ModelCard card, TreeModel model)
    {
        IEnumerable<ReferenceHistogram> all = card.PredictionHistogram is { } prediction
            ? card.FeatureHistograms.Append(prediction)
            : card.FeatureHistograms;
        string? fault = all.Select(h => h.FindFault()).FirstOrDefault(f => f is not null)
            ?? card.FeatureHistograms.Where(h => !model.FeatureNames.Contains(h.Name))
                .Select(h => $"histogram '{h.Name}' is of no feature").FirstOrDefault();
        if (fault is not null) throw Refuse(package, fault + ".", "Train it again.");
    }

    private static ModelFormatException Refuse(ModelPackage package, string problem, string fix) =>
        new(Path.Combine(package.Source, ModelDirectory.ManifestFile), problem, fix);
}
