using WinBack.Trees.Ensemble;
using WinBack.Trees.Inputs;
using WinBack.Trees.ModelFiles;

namespace WinBack.Tests.Trees;

/// <summary>LightGBM text that we write, read back.</summary>
public sealed class LightGbmWriterTests
{
    [SharedDataFact("models/lightgbm")]
    public void Write_LightGbmsOwnFiles_SameTreesAndScores()
    {
        string[] files =
        [
            "leaves__lg_breast_cancer.txt.gz", "leaves__lg_dart_breast_cancer.model.gz", "leaves__lg_kddcup99.model.gz",
            "leaves__genlin_fmtp_poisson_Frequency.model.gz", "lleaves__mixed_categorical.txt.gz",
        ];
        foreach (string file in files)
        {
            var model = ModelReader.Open(SharedData.File("models", "lightgbm", file));

            var found = WrittenAndRead(model);

            Assert.Equal(model.FeatureNames, found.FeatureNames);
            Assert.Equal(model.Ensemble.Link, found.Ensemble.Link);
            Assert.Equal(model.Ensemble.Trees.Count, found.Ensemble.Trees.Count);
            foreach (var (expected, tree) in model.Ensemble.Trees.Zip(found.Ensemble.Trees)) SameTree(expected, tree);
            SameScores(model, found);
        }
    }

    [Fact]
    public void Write_RandomTrees_SameScores()
    {
        var random = new Random(3);
        for (int i = 0; i < 30; i++)
        {
            var trees = RandomEnsembles.Ensemble(random, 8, 5, 9, outputs: 3, sets: false).Trees.Where(IsExpressible).ToArray();
            var model = new TreeModel(new TreeEnsemble(["a", "b", "c", "d", "e"], trees, new SoftmaxLink(), [0.5, 0, -1 / 3.0]));

            var found = WrittenAndRead(model);

            Assert.IsType<SoftmaxLink>(found.Ensemble.Link);
            var (expected, scores) = (new double[3], new double[3]);
            for (int row = 0; row < 100; row++)
            {
                float[] features = RandomEnsembles.Row(random, 5);
                model.RawScores(features, expected);
                found.RawScores(features, scores);
                Assert.Equal(expected, scores);
            }
        }
    }

    [Fact]
    public void Write_NoTrees_KeepsTheBaseScore() =>
        Assert.Equal(0.75f, WrittenAndRead(new TreeModel(new TreeEnsemble(["x"], [], new IdentityLink(), [0.75]))).Score([0]));

    [Fact]
    public void Write_Average_Stays()
    {
        var tree = new Tree([new TreeNode { Threshold = 1, Left = ~0, Right = ~1 }], [1, 4]);
        var model = new TreeModel(new TreeEnsemble(["x"], [tree, tree, tree], new IdentityLink(), divisor: 3));

        Assert.Equal(4f, WrittenAndRead(model).Score([2]));
    }

    [Fact]
    public void Write_WhatItCannotSay_IsRefusedByName()
    {
        Refused("names with spaces (a b)", Stump(feature: "a b"));
        Refused("slope 0.5 and offset 0.1", Stump(link: new LogisticLink(0.5, 0.1)));
        Refused("tree 0, node 0 asks for exact values", Stump(kind: SplitKind.ValueIn));
        Refused("tree 0, node 0 sends missing values with the categories", Stump(kind: SplitKind.CategoryIn, missingLeft: true));
        Refused("divided by 7", Stump(divisor: 7));
        Refused("the link PiecewiseLink", Stump(link: new PiecewiseLink([0f], [1f], [0.5f])));
        Refused("tree 0, node 0 asks several columns at once (x, y)", new TreeModel(new TreeEnsemble(
            ["x", "y"],
            [new Tree([new TreeNode { Kind = SplitKind.AnySlotPositive, Left = ~0, Right = ~1 }], [1, 2]) { Sets = [new ValueSet([0, 1])] }],
            new IdentityLink())));
        var texts = new InputMap(
            [new InputColumn("plan", true)], [new InputLookup(0, new Vocabulary(["a"]))], [new SlotSource("plan.a", -1, 0, 1, [])]);
        Refused("text columns, the model has plan", new TreeModel(new TreeEnsemble(["plan.a"], [], new IdentityLink()), null, texts));
    }

    private static void Refused(string expected, TreeModel model)
    {
        var error = Assert.Throws<ConversionException>(() => ModelWriter.Write(model, ModelFormat.LightGbm));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static TreeModel Stump(
        string feature = "x", SplitKind kind = SplitKind.LessOrEqual, bool missingLeft = false, Link? link = null, double divisor = 1)
    {
        var node = new TreeNode { Kind = kind, Threshold = 1, MissingGoesLeft = missingLeft, Left = ~0, Right = ~1 };
        var tree = new Tree([node], [1, 2]) { Sets = [new ValueSet([1])] };
        return new TreeModel(new TreeEnsemble([feature], [tree], link ?? new IdentityLink(), divisor: divisor));
    }

    private static bool IsExpressible(Tree tree) =>
        !tree.Nodes.ToArray().Any(node => node.Kind == SplitKind.LessThan && float.IsNegativeInfinity(node.Threshold));

    private static TreeModel WrittenAndRead(TreeModel model) => ModelReader.Read("written.txt", ModelWriter.Write(model, ModelFormat.LightGbm));

    private static void SameTree(Tree expected, Tree found)
    {
        Assert.Equal(expected.Nodes.ToArray(), found.Nodes.ToArray());
        Assert.Equal(expected.LeafValues.ToArray(), found.LeafValues.ToArray());
        Assert.Equal(expected.Output, found.Output);
        Assert.Equal(expected.Sets.Select(set => set.Values.ToArray()), found.Sets.Select(set => set.Values.ToArray()));
        Assert.Equal(expected.LeafWeights, found.LeafWeights);
        Assert.Equal(expected.NodeWeights, found.NodeWeights);
        Assert.Equal(expected.Gains, found.Gains);
    }

    private static void SameScores(TreeModel model, TreeModel found)
    {
        var (expected, scores) = (new double[model.Ensemble.OutputCount], new double[model.Ensemble.OutputCount]);
        foreach (float[] row in new SampleRows(model).Features(200, seed: 1))
        {
            model.RawScores(row, expected);
            found.RawScores(row, scores);
            Assert.Equal(expected, scores);
        }
    }
}
