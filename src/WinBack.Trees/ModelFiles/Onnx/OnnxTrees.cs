using WinBack.Trees.Ensemble;

namespace WinBack.Trees.ModelFiles.Onnx;

/// <summary>What a tree operator says, before the operators around it are looked at.</summary>
/// <param name="Trees">Trees; one per target where a leaf has several.</param>
/// <param name="Outputs">Scores.</param>
/// <param name="BaseScores">Added to the sum, or to the average.</param>
/// <param name="Averages">Whether sums are divided by the number of trees.</param>
/// <param name="TreeCount">Trees of the source.</param>
/// <param name="Link">post_transform.</param>
/// <param name="Precision">The number format in which the runtime adds up.</param>
internal sealed record OnnxTrees(
    IReadOnlyList<Tree> Trees, int Outputs, IReadOnlyList<double> BaseScores, bool Averages, int TreeCount, Link Link, ScorePrecision Precision)
{
    public const int MaxFeatures = 1 << 18;
    private const int MaxOutputs = 10_000;

    public static bool Knows(string operation) => operation is "TreeEnsembleRegressor" or "TreeEnsembleClassifier" or "TreeEnsemble";

    /// <summary>One past the largest feature that is read.</summary>
    public int LeastFeatures => 1 + Trees
        .SelectMany(tree => tree.Nodes.ToArray())
        .Select(node => node.Feature)
        .DefaultIfEmpty(-1)
        .Max();

    /// <exception cref="ModelFormatException">Damaged, or something that is not supported; it is named.</exception>
    public static OnnxTrees Read(OnnxNode node)
    {
        var trees = node.Operator == "TreeEnsemble" ? new OnnxTreeList(node).Read() : new OnnxNodeList(node).Read();
        return trees.Outputs is >= 1 and <= MaxOutputs ? trees : throw node.Fault($"{trees.Outputs} outputs.");
    }

    /// <param name="node">For messages.</param>
    /// <param name="name">post_transform by name.</param>
    /// <param name="outputs">Scores.</param>
    public static Link LinkOf(OnnxNode node, string name, int outputs) => name switch
    {
        "NONE" => new IdentityLink(),
        "LOGISTIC" when outputs == 1 => new LogisticLink(),
        "LOGISTIC" => new OneVersusAllLink(Enumerable.Repeat<Link>(new LogisticLink(), outputs).ToArray(), normalises: false),
        "SOFTMAX" => new SoftmaxLink(),
        _ => throw node.Fault($"The post_transform '{name}' is not supported."),
    };

    /// <summary>Leaves in double are added up in double and rounded to float at the end.</summary>
    public static ScorePrecision PrecisionOf(OnnxNode node, string weights) =>
        node.IsDouble(weights) ? ScorePrecision.Single : ScorePrecision.SingleSums;

    public static bool IsAverage(OnnxNode node, string name) => name switch
    {
        "SUM" => false,
        "AVERAGE" => true,
        _ => throw node.Fault($"The aggregate_function '{name}' is not supported."),
    };
}
