using WinBack.Tests.Trees;
using WinBack.Trees.Ensemble;
using WinBack.Trees.ModelFiles;

namespace WinBack.Tests.Cli.Models;

/// <summary>ONNX files that we write, in the real onnxruntime: the same raw scores and predictions as the model they came from.</summary>
/// <remarks>
/// Rows lie at and around the thresholds, with missing values and unknown terms. Models that add up in double give the same
/// float; those that add up in float (XGBoost) may differ by the order of summation.
/// </remarks>
public sealed class OnnxRuntimeTests : IDisposable
{
    private const int Rows = 400;
    private const double LastBit = 1.2e-7;
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task ShippedModel_SameInTheRuntime() => Same(ModelReader.Open(RepositoryFiles.Path("models", "churn")), LastBit);

    [SharedDataFact("models/mlnet_true/churn_ft_100x20.zip")]
    public Task MlNetWithImputation_SameInTheRuntime() => Same(Open("mlnet_true", "churn_ft_100x20.zip"), LastBit);

    [SharedDataFact("models/mlnet_true/churn_ft_onehot_catsplit_100x20.zip")]
    public Task MlNetWithTextColumns_SameInTheRuntime() => Same(Open("mlnet_true", "churn_ft_onehot_catsplit_100x20.zip"), LastBit);

    [SharedDataFact("models/mlnet/fasttree_bin_fraud_1000x64_v4.zip")]
    public Task MlNetWithNormalizers_SameInTheRuntime() => Same(Open("mlnet", "fasttree_bin_fraud_1000x64_v4.zip"), LastBit);

    [SharedDataFact("models/xgboost/gen_bin_missing.json.gz")]
    public Task XgboostWithMissingValues_SameInTheRuntime() => Same(Open("xgboost", "gen_bin_missing.json.gz"), 1e-6);

    [SharedDataFact("models/xgboost/gen_cat_onehot.json.gz")]
    public Task XgboostWithCategories_SameInTheRuntime() => Same(Open("xgboost", "gen_cat_onehot.json.gz"), 1e-6);

    [SharedDataFact("models/lightgbm/leaves__genlin_fmtp_poisson_Frequency.model.gz")]
    public Task LightGbmPoissonWithCategories_SameInTheRuntime() =>
        Same(Open("lightgbm", "leaves__genlin_fmtp_poisson_Frequency.model.gz"), LastBit);

    [SharedDataFact("models/lightgbm/leaves__lg_kddcup99.model.gz")]
    public Task LightGbmMulticlass_SameInTheRuntime() => Same(Open("lightgbm", "leaves__lg_kddcup99.model.gz"), LastBit);

    [Fact]
    public async Task RandomTreesOfEveryKind_SameInTheRuntime()
    {
        var random = new Random(11);
        var trees = Enumerable.Range(0, 40).SelectMany(_ => RandomEnsembles.Ensemble(random, 1, 6, 9, outputs: 1).Trees)
            .Where(tree => !tree.Nodes.ToArray().Any(node => node.Kind is SplitKind.AnySlotPositive or SplitKind.CategoryIn
                || node.ZeroIsMissing
                || (node.Kind == SplitKind.ValueIn && tree.Sets[node.Set].Values.Length > 1)))
            .ToArray();
        var ensemble = new TreeEnsemble(["a", "b", "c", "d", "e", "f"], trees, new LogisticLink(0.7, 0.1), [0.25], divisor: 3);
        Assert.True(trees.Length >= 3);

        await Same(new TreeModel(ensemble), LastBit);
    }

    [Fact]
    public async Task SeveralOutputsWithBases_SameInTheRuntime()
    {
        var stump = new TreeNode { Kind = SplitKind.ValueIn, Feature = 1, Set = 0, MissingGoesLeft = true, Left = ~0, Right = ~1 };
        var trees = new[]
        {
            new Tree([stump], [0.5, -2]) { Output = 2, Sets = [new ValueSet([0.25f])] },
            new Tree([], [0.125]) { Output = 0 },
            new Tree([stump with { MissingGoesLeft = false }], [3, -1]) { Output = 1, Sets = [new ValueSet([-3f])] },
            new Tree([stump with { Kind = SplitKind.CategoryIn, Feature = 2 }], [3, -1]) { Output = 1, Sets = [new ValueSet([0, 2, 70])] },
            new Tree([stump], [3, -1]) { Output = 1, Sets = [new ValueSet([])] },
            new Tree([stump with { Kind = SplitKind.LessThan, Threshold = 1 }], [1, 2]) { Output = 1 },
        };

        await Same(new TreeModel(new TreeEnsemble(["x", "y", "z"], trees, new SoftmaxLink(), [0.1, 0, -0.3])), LastBit);
        await Same(new TreeModel(new TreeEnsemble(["x", "y", "z"], trees, new LogisticLink(2), [0.1, 0, -0.3])), LastBit);
        await Same(new TreeModel(new TreeEnsemble(["x", "y", "z"], [], new IdentityLink(), [0.5])), LastBit);
    }

    [Fact]
    public void SetOfExactNumbers_IsRefusedByName()
    {
        var node = new TreeNode { Kind = SplitKind.ValueIn, Left = ~0, Right = ~1 };
        var tree = new Tree([node], [1, 2]) { Sets = [new ValueSet([0.5f, 2])] };
        var model = new TreeModel(new TreeEnsemble(["x"], [tree], new IdentityLink()));

        var error = Assert.Throws<ConversionException>(() => ModelWriter.Write(model, ModelFormat.Onnx));

        Assert.Contains("tree 0, node 0 asks whether 'x' is one of several exact numbers", error.Message, StringComparison.Ordinal);
    }

    private async Task Same(TreeModel model, double tolerance)
    {
        string path = _folder.Path("model.onnx");
        File.WriteAllBytes(path, ModelWriter.Write(model, ModelFormat.Onnx));
        var (numbers, texts) = Sample(model);
        int[] numeric = Enumerable.Range(0, model.Columns.Count).Where(c => !model.Columns[c].IsText).ToArray();
        var columns = model.Columns.Select((column, c) => (column, c)).Where(pair => pair.column.IsText)
            .ToDictionary(pair => pair.column.Name, pair => texts.Select(row => row[pair.c] ?? "").ToArray());

        var found = await OnnxClient.RunAsync(path, numbers.Select(row => numeric.Select(c => row[c]).ToArray()).ToArray(), columns);

        string? prediction = found.Keys.SingleOrDefault(name => name != "score");
        Assert.Equal(model.Ensemble.Link is IdentityLink, prediction is null);
        double scale = ScaleOf(model.Ensemble);
        var (features, scores) = (new float[model.FeatureNames.Count], new double[model.Ensemble.OutputCount]);
        for (int row = 0; row < Rows; row++)
        {
            model.Prepare(numbers[row], texts[row], features);
            model.RawScores(features, scores);
            AssertClose(scores, found["score"][row], tolerance, tolerance > LastBit ? scale : 0);
            model.Ensemble.Link.Apply(scores);
            if (prediction is not null) AssertClose(scores, found[prediction][row], tolerance, tolerance > LastBit ? scale : 1);
        }
    }

    private static void AssertClose(double[] expected, double[] found, double tolerance, double scale)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int k = 0; k < expected.Length; k++)
            Assert.InRange(Math.Abs(found[k] - expected[k]), 0, tolerance * (Math.Abs(expected[k]) + scale));
    }

    /// <summary>What the largest leaves of all trees add up to.</summary>
    private static double ScaleOf(TreeEnsemble ensemble) =>
        ensemble.Trees.Sum(tree => tree.LeafValues.ToArray().Max(Math.Abs)) + ensemble.BaseScores.ToArray().Sum(Math.Abs);

    private static (float[][] Numbers, string?[][] Texts) Sample(TreeModel model)
    {
        var rows = new SampleRows(model);
        var random = new Random(5);
        var numbers = Enumerable.Range(0, Rows).Select(_ => new float[model.Columns.Count]).ToArray();
        var texts = Enumerable.Range(0, Rows).Select(_ => new string?[model.Columns.Count]).ToArray();
        for (int row = 0; row < Rows; row++) rows.Next(random, numbers[row], texts[row]);
        return (numbers, texts);
    }

    private static TreeModel Open(string folder, string file) => ModelReader.Open(SharedData.File("models", folder, file));
}
