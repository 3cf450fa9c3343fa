using System.Text;
using WinBack.Trees.Ensemble;

namespace WinBack.Trees.ModelFiles.LightGbm;

/// <summary>Writes LightGBM's text format, version 4.</summary>
/// <remarks>
/// LightGBM sums in double and has no base score: it moves into the first tree of each output, which leaves the sum the same
/// to the last bit. Trees of one iteration stand together, one for each output.
/// </remarks>
internal static class LightGbmWriter
{
    public const string Target = "LightGBM text";

    /// <exception cref="ConversionException">The format cannot express something; it is named.</exception>
    public static byte[] Write(TreeModel model)
    {
        var folded = FoldedModel.Of(model, Target);
        var ensemble = folded.Ensemble;
        CheckNames(folded);
        var trees = Iterations(ensemble);
        string[] blocks = trees.Select((tree, t) => $"Tree={t}\n{LightGbmTreeText.Of(tree, t, Target)}\n").ToArray();
        var text = new StringBuilder();
        Line(text, "tree");
        Line(text, "version=v4");
        Line(text, $"num_class={ensemble.OutputCount}");
        Line(text, $"num_tree_per_iteration={ensemble.OutputCount}");
        Line(text, "label_index=0");
        Line(text, $"max_feature_idx={ensemble.FeatureCount - 1}");
        if (LightGbmObjective.Of(ensemble) is { } objective)
        {
            Line(text, "objective=" + objective);
        }

        if (ensemble.Divisor != 1)
        {
            Line(text, "average_output");
        }

        Line(text, "feature_names=" + string.Join(' ', ensemble.FeatureNames));
        Line(text, "feature_infos=" + string.Join(' ', FeatureRanges.Of(ensemble)));
        Line(text, "tree_sizes=" + string.Join(' ', blocks.Select(Encoding.UTF8.GetByteCount)));
        Line(text, "");
        text.AppendJoin("", blocks);
        Line(text, "end of trees");
        Line(text, "\nfeature_importances:\n\nparameters:\nend of parameters\n\npandas_categorical:null");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void CheckNames(FoldedModel folded)
    {
        string[] texts = folded.Columns.Where(column => column.Terms is not null).Select(column => column.Name).ToArray();
        if (texts.Length > 0)
        {
            throw new ConversionException(Target, $"it has no text columns, the model has {string.Join(", ", texts)}");
        }

        string[] spaced = folded.Columns.Select(column => column.Name).Where(name => name.Any(char.IsWhiteSpace)).ToArray();
        if (spaced.Length > 0)
        {
            throw new ConversionException(Target, $"names with spaces ({string.Join(", ", spaced)}) need other ones: give --map");
        }
    }

    /// <summary>Trees in turns, one for each output; where an output has fewer, a leaf of 0 stands in.</summary>
    private static Tree[] Iterations(TreeEnsemble ensemble)
    {
        int outputs = ensemble.OutputCount;
        var ofOutput = Enumerable.Range(0, outputs).Select(k => ensemble.Trees.Where(tree => tree.Output == k).ToList()).ToArray();
        int iterations = ofOutput.Max(list => list.Count);
        if (ensemble.Divisor != 1 && (ensemble.Divisor != iterations || ofOutput.Any(list => list.Count != iterations)))
        {
            throw new ConversionException(Target, $"scores are divided by {ensemble.Divisor}, not by the number of trees");
        }

        for (int k = 0; k < outputs; k++)
        {
            double score = ensemble.BaseScores[k];
            if (score != 0)
            {
                iterations = Math.Max(iterations, 1);
                ofOutput[k] = [WithBase(ofOutput[k].FirstOrDefault() ?? Constant(k), score), .. ofOutput[k].Skip(1)];
            }
        }

        return Enumerable.Range(0, iterations)
            .SelectMany(i => ofOutput.Select((list, k) => i < list.Count ? list[i] : Constant(k)))
            .ToArray();
    }

    private static Tree Constant(int output) => new([], [0]) { Output = output };

    private static Tree WithBase(Tree tree, double score) => new(tree.Nodes.ToArray(), tree.LeafValues.ToArray().Select(v => score + v).ToArray())
    {
        Output = tree.Output,
        Sets = tree.Sets,
        Gains = tree.Gains,
        NodeWeights = tree.NodeWeights,
        LeafWeights = tree.LeafWeights,
    };

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
