using WinBack.Trees.Ensemble;
using WinBack.Trees.Inputs;
using WinBack.Trees.ModelFiles;

namespace WinBack.Tests.Trees;

/// <summary>Preparation that moves into trees: the same raw scores to the last bit for any row of input columns.</summary>
public sealed class FoldedModelTests
{
    private static readonly float[] Scales = [2, -0.5f, 0, 1e-30f, -1e20f, 3.3f];

    [Fact]
    public void OverColumns_RandomPreparation_SameScores()
    {
        int folds = 0;
        var random = new Random(9);
        for (int i = 0; i < 60; i++)
        {
            var model = RandomModel(random);
            if (Overflows(model)) continue;
            folds++;
            var folded = model.OverColumns();
            Assert.Equal(["a", "b"], folded.FeatureNames);
            var features = new float[model.FeatureNames.Count];
            for (int row = 0; row < 150; row++)
            {
                float[] columns = RandomEnsembles.Row(random, 2).Select(x => float.IsInfinity(x) ? 5 : x).ToArray();
                model.Prepare(columns, [], features);

                Assert.Equal(model.Score(features), folded.Score(columns));
            }
        }

        Assert.True(folds > 20, $"{folds} models");
    }

    [Fact]
    public void OverColumns_ScaleThatOverflows_IsRefusedByName()
    {
        var slot = new SlotSource("s", 0, -1, 0, [new SlotStep(false, 0, 10), new SlotStep(false, 0, 0)]);
        var inputs = new InputMap([new InputColumn("a", false)], [], [slot]);
        var tree = new Tree([new TreeNode { Threshold = 1, Left = ~0, Right = ~1 }], [1, 2]);
        var model = new TreeModel(new TreeEnsemble(["s"], [tree], new IdentityLink()), null, inputs);

        var error = Assert.Throws<ConversionException>(() => model.OverColumns());

        Assert.Contains("asks for 's', whose scaling overflows", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OverColumns_NoPreparation_IsTheModel()
    {
        var model = new TreeModel(RandomEnsembles.Ensemble(new Random(1), 3, 4, 5));

        Assert.Same(model, model.OverColumns());
    }

    [SharedDataFact("models/mlnet_true/churn_ft_onehot_catsplit_100x20.zip")]
    public void OverColumns_TextColumns_AreRefusedByName()
    {
        var model = ModelReader.Open(SharedData.File("models", "mlnet_true", "churn_ft_onehot_catsplit_100x20.zip"));

        var error = Assert.Throws<ConversionException>(() => model.OverColumns());

        Assert.Contains("plan, region, channel", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_TextCategoriesOfAManifest_AreRefusedByName()
    {
        var trees = new TreeEnsemble(["plan"], [], new IdentityLink());
        var plan = new FeatureContract { Name = "plan", Type = FeatureContract.Category, Categories = ["basic", "plus"] };
        var card = new ModelCard { Name = "m", LabelDefinition = "", FeatureSchemaHash = "", CreatedTime = default, Features = [plan] };
        var package = ModelDirectory.Pack("m", trees, card, [[0f]]);
        var model = ModelDirectory.Load(package);
        Assert.Equal([new InputColumn("plan", true)], model.Columns);

        foreach (var format in (ModelFormat[])[ModelFormat.Onnx, ModelFormat.MlNet, ModelFormat.LightGbm])
        {
            var error = Assert.Throws<ConversionException>(() => ModelWriter.Write(model, format));
            Assert.Contains("the texts of plan are codes", error.Message, StringComparison.Ordinal);
        }

        var codes = new SampleRows(model).Features(60, seed: 1).Select(row => row[0]).Where(code => !float.IsNaN(code)).Distinct().Order();
        Assert.Equal([-1f, 0f, 1f], codes);
    }

    [Fact]
    public void Renamed_ColumnsAndTheirFeatures_FollowTheMap()
    {
        var inputs = new InputMap(
            [new InputColumn("a", false)], [], [new SlotSource("a", 0, -1, 0, [new SlotStep(true, 1, 0)]), new SlotSource("a2", 0, -1, 0, [])]);
        var model = new TreeModel(new TreeEnsemble(["a", "a2"], [], new IdentityLink()), null, inputs);

        var renamed = model.Renamed(ColumnNameMap.Parse("map", "model,column\na,days since\n"));

        Assert.Equal(["days since"], renamed.Columns.Select(column => column.Name));
        Assert.Equal(["days since", "a2"], renamed.FeatureNames);
        Assert.Contains("no column x", Assert.Throws<ArgumentException>(
            () => model.Renamed(ColumnNameMap.Parse("map", "model,column\nx,y\n"))).Message, StringComparison.Ordinal);
    }

    /// <summary>Infinity times zero is NaN: such slots are refused, and have a test of their own.</summary>
    private static bool Overflows(TreeModel model) => model.Inputs!.Slots.Any(slot => slot.Lookup < 0 && new[] { float.MaxValue, float.MinValue }
        .Any(x => float.IsNaN(slot.Steps.Aggregate(x, (value, step) => step.Apply(value)))));

    /// <summary>Slots of two columns: plain, replaced, scaled in every way, and one-hot of numbers; trees of every kind that can be moved.</summary>
    private static TreeModel RandomModel(Random random)
    {
        var slots = new List<SlotSource>();
        for (int s = 0; s < 5; s++)
        {
            var steps = Enumerable.Range(0, random.Next(3)).Select(_ => random.Next(2) == 0
                ? new SlotStep(true, random.Next(-2, 3), 0)
                : new SlotStep(false, random.Next(-2, 3), Scales[random.Next(Scales.Length)])).ToArray();
            slots.Add(new SlotSource($"s{s}", s % 2, -1, 0, steps));
        }

        slots.Add(new SlotSource("one", -1, 0, 1, []));
        slots.Add(new SlotSource("again", -1, 0, 3, []));
        slots.Add(new SlotSource("scaled", -1, 0, 2, [new SlotStep(false, 1, -2)]));
        var lookup = new InputLookup(1, new Vocabulary([1f, -1f, 1f, 0f]));
        var inputs = new InputMap([new InputColumn("a", false), new InputColumn("b", false)], [lookup], slots);
        var trees = RandomEnsembles.Ensemble(random, 20, slots.Count, 7).Trees.Where(tree => IsMovable(tree, slots)).ToArray();
        var ensemble = new TreeEnsemble(inputs.FeatureNames.ToArray(), trees, new IdentityLink(), [0.1]);
        return new TreeModel(ensemble, null, inputs);
    }

    private static bool IsMovable(Tree tree, List<SlotSource> slots) => !tree.Nodes.ToArray().Any(node => node.Kind switch
    {
        SplitKind.AnySlotPositive => !tree.Sets[node.Set].Values.ToArray().All(slot => slot is 5 or 6) && tree.Sets[node.Set].Values.Length > 1,
        SplitKind.LessOrEqual or SplitKind.LessThan => node.ZeroIsMissing && slots[node.Feature] is { Lookup: < 0, Steps.Count: > 0 },
        _ => slots[node.Feature] is { Lookup: < 0, Steps.Count: > 0 },
    });
}
