using System.CommandLine;
using WinBack.Cli.Training;
using WinBack.Trees.Ensemble;
using WinBack.Trees.ModelFiles;

namespace WinBack.Cli.Models;

/// <summary><c>winback model inspect</c>: a model directory in readable form, after checking it.</summary>
internal static class ModelInspectCommand
{
    private const string Notes = """
        A model directory is checked as the service checks it: hash, feature names, golden rows. A feature's share is that
        of the loss reduction of all splits that ask for it; where the file has none, that of the splits.

        Examples:
          winback model inspect models/churn
          winback model inspect fasttree.zip
          winback model inspect models/churn --top 60
        """;

    internal static Command Build()
    {
        var path = new Argument<string>("model") { Description = "Model directory or file of any known format." };
        var top = new Option<int>("--top") { Description = "Features to list.", DefaultValueFactory = _ => 15 };
        var command = new NotedCommand("inspect", "Shows what a model is and what it looks at.", Notes) { path, top };
        command.SetAction(parsed =>
        {
            TreeModel model = ModelArgument.Open(parsed.GetRequiredValue(path), "model");
            Write(parsed.InvocationConfiguration.Output, model, parsed.GetValue(top));
            return ExitCode.Ok;
        });
        return command;
    }

    private static void Write(TextWriter text, TreeModel model, int top)
    {
        TreeEnsemble trees = model.Ensemble;
        Field(text, "kind", $"{LinkText.OfFormat(model.Format)}");
        if (model.Manifest is { } manifest) WriteCard(text, manifest);
        int deepest = trees.Trees.Select(t => t.Depth()).DefaultIfEmpty().Max();
        Field(text, "trees", $"{trees.Trees.Count}, at most {deepest} questions deep");
        Field(text, "leaves", $"{trees.LeafCount}");
        Field(text, "outputs", $"{trees.OutputCount}");
        Field(text, "link", $"{LinkText.OfLink(trees.Link)}");
        Field(text, "calibration", $"{LinkText.OfCalibration(trees.Link)}");
        Field(text, "features", $"{trees.FeatureCount}");
        if (model.Inputs is not null) WriteInputs(text, model);
        WriteShares(text, trees, top);
    }

    private static void WriteInputs(TextWriter text, TreeModel model)
    {
        string[] texts = model.Columns.Where(column => column.IsText).Select(column => column.Name).ToArray();
        Field(text, "input columns", $"{model.Columns.Count}");
        if (texts.Length > 0) Field(text, "  of them text", $"{string.Join(", ", texts)}");
    }

    private static void WriteShares(TextWriter text, TreeEnsemble trees, int top)
    {
        var importance = FeatureShares.Of(trees);
        double[] shares = importance.Shares;
        text.WriteLine();
        text.WriteLine(importance.IsByGain ? "Share of the loss reduction" : "Share of the splits (the file does not tell the loss reduction)");
        IEnumerable<int> asked = Enumerable.Range(0, shares.Length).Where(f => shares[f] > 0);
        foreach (int f in asked.OrderByDescending(f => shares[f]).Take(top))
            text.WriteLine(FormattableString.Invariant($"  {shares[f],7:P1}  {trees.FeatureNames[f]}"));
    }

    private static void WriteCard(TextWriter text, ModelManifest manifest)
    {
        ModelCard card = manifest.Card;
        Field(text, "name", $"{card.Name}");
        Field(text, "label", $"{card.LabelDefinition}");
        Field(text, "objective", $"{card.Objective}");
        Field(text, "created", $"{card.CreatedTime:yyyy-MM-dd HH:mm:ss} UTC");
        Field(text, "feature schema", $"{card.FeatureSchemaHash}");
        Field(text, "data sha256", $"{card.DataHash}");
        Field(text, "model sha256", $"{manifest.BinarySha256}");
        Field(text, "golden rows", $"{manifest.GoldenRows}, all answered as when it was made");
        foreach ((string name, string value) in card.TrainingParameters) Field(text, "  " + name, $"{value}");
        foreach ((string name, double value) in card.Metrics) Field(text, "  " + name, $"{value:0.####}");
    }

    private static void Field(TextWriter text, string name, FormattableString value) =>
        text.WriteLine($"{name,-26} {FormattableString.Invariant(value)}");
}
