using System.Text;
using WinBack.Trees.Ensemble;
using WinBack.Trees.ModelFiles;

namespace WinBack.Cli.Dev;

/// <summary>Small good files of every format, with every kind of node and part that the format has.</summary>
internal static class FuzzSamples
{
    private const string XgboostModel = """
        {"version":[2,1,0],"learner":{"attributes":{},"feature_names":["a","b","c"],"feature_types":["float","c","float"],
        "gradient_booster":{"name":"gbtree","model":{"gbtree_model_param":{"num_parallel_tree":"1","num_trees":"2"},"tree_info":[0,0],"trees":[
        {"base_weights":[0.1,0.2,-0.3,0.4,0.5],"categories":[1,3,30],"categories_nodes":[1],"categories_segments":[0],"categories_sizes":[3],
        "default_left":[1,0,0,0,0],"id":0,"left_children":[1,3,-1,-1,-1],"loss_changes":[2.5,1.5,0,0,0],"parents":[2147483647,0,0,1,1],
        "right_children":[2,4,-1,-1,-1],"split_conditions":[0.5,0,-0.75,0.25,1E-1],"split_indices":[0,1,0,0,0],"split_type":[0,1,0,0,0],
        "sum_hessian":[9,5,4,3,2],"tree_param":{"num_deleted":"0","num_feature":"3","num_nodes":"5","size_leaf_vector":"1"}},
        {"base_weights":[0.5],"categories":[],"categories_nodes":[],"categories_segments":[],"categories_sizes":[],"default_left":[0],"id":1,
        "left_children":[-1],"loss_changes":[0],"parents":[2147483647],"right_children":[-1],"split_conditions":[0.5],"split_indices":[0],
        "split_type":[0],"sum_hessian":[9],"tree_param":{"num_deleted":"0","num_feature":"3","num_nodes":"1","size_leaf_vector":"1"}}]}},
        "learner_model_param":{"base_score":"[2.5E-1]","num_class":"0","num_feature":"3","num_target":"1"},
        "objective":{"name":"binary:logistic","reg_loss_param":{"scale_pos_weight":"1"}}}}
        """;

    /// <summary>Formats by the name that --format takes.</summary>
    internal static readonly string[] Formats = ["winback", "mlnet", "lightgbm", "xgboost-json", "xgboost-ubj", "onnx"];

    /// <summary>The files to damage; each is read again before anything else.</summary>
    internal static IReadOnlyList<byte[]> Of(string format) => format switch
    {
        "mlnet" => [ModelWriter.Write(Numbers(new LogisticLink(0.4)), ModelFormat.MlNet), ModelWriter.Write(Slots(), ModelFormat.MlNet)],
        "lightgbm" => [ModelWriter.Write(Numbers(new LogisticLink(2)), ModelFormat.LightGbm), ModelWriter.Write(Classes(), ModelFormat.LightGbm)],
        "onnx" => [ModelWriter.Write(Numbers(new LogisticLink(0.4, 0.1)), ModelFormat.Onnx), ModelWriter.Write(Classes(), ModelFormat.Onnx)],
        "xgboost-json" => [Encoding.UTF8.GetBytes(XgboostModel)],
        "xgboost-ubj" => [UbjText.FromJson(XgboostModel)],
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "no samples"),
    };

    /// <summary>For our own format, which is three files.</summary>
    internal static TreeModel Own() => Slots();

    private static TreeModel Numbers(Link link)
    {
        TreeNode[] nodes =
        [
            new() { Feature = 0, Threshold = 0.5f, MissingGoesLeft = true, Left = 1, Right = ~0 },
            new() { Feature = 2, Threshold = -3, Left = ~1, Right = ~2 },
        ];
        var tree = new Tree(nodes, [0.1, -0.2, 0.3]) { Gains = [2, 1], NodeWeights = [30, 20], LeafWeights = [10, 12, 8] };
        return new TreeModel(new TreeEnsemble(["a", "b", "c"], [tree, new Tree([], [0.25]), tree], link, [0.5]));
    }

    /// <summary>Category sets and several outputs.</summary>
    private static TreeModel Classes()
    {
        TreeNode[] nodes =
        [
            new() { Kind = SplitKind.CategoryIn, Feature = 1, Left = ~0, Right = 1 },
            new() { Feature = 0, Threshold = 7, MissingGoesLeft = true, Left = ~1, Right = ~2 },
        ];
        Tree Of(int output) => new(nodes, [1, -1, 0.5]) { Output = output, Sets = [new ValueSet([0, 5, 33])] };
        return new TreeModel(new TreeEnsemble(["a", "b"], [Of(0), Of(1), Of(2)], new SoftmaxLink(), [0, 0, 0]));
    }

    /// <summary>One-hot slots that a node asks for together.</summary>
    private static TreeModel Slots()
    {
        TreeNode[] nodes =
        [
            new() { Kind = SplitKind.AnySlotPositive, Left = ~0, Right = 1 },
            new() { Feature = 3, Threshold = 0, Left = ~1, Right = ~2 },
        ];
        var tree = new Tree(nodes, [1, -1, 0.5]) { Sets = [new ValueSet([0, 2])], Gains = [1, 1] };
        var link = new PiecewiseLink([-1, 0.5f], [0, 1], [0.1f, 0.9f]);
        return new TreeModel(new TreeEnsemble(["x0", "x1", "x2", "y"], [tree, tree], link));
    }
}
