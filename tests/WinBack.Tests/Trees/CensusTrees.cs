using System.Globalization;
using System.Text.Json;
using WinBack.Trees.Ensemble;

namespace WinBack.Tests.Trees;

/// <summary>Trees as ML.NET's own tests print them, in the JSON of the shared data.</summary>
internal static class CensusTrees
{
    public static TreeEnsemble Read(JsonElement json)
    {
        string[] features = json.GetProperty("features").EnumerateArray().Select(name => name.GetString()!).ToArray();
        var trees = json.GetProperty("trees").EnumerateArray().Select(Tree).ToArray();
        double slope = json.GetProperty("sigmoidWeight").GetDouble();
        return new TreeEnsemble(features, trees, new LogisticLink(slope), precision: ScorePrecision.Single);
    }

    private static Tree Tree(JsonElement tree)
    {
        int[] left = Ints(tree.GetProperty("lte"));
        int[] right = Ints(tree.GetProperty("gt"));
        int[] features = Ints(tree.GetProperty("splitFeature"));
        var categorical = tree.GetProperty("categorical").EnumerateObject()
            .ToDictionary(node => int.Parse(node.Name, CultureInfo.InvariantCulture), node => Ints(node.Value));
        var sets = new List<ValueSet>();
        var nodes = new TreeNode[left.Length];
        for (int n = 0; n < nodes.Length; n++)
        {
            nodes[n] = new TreeNode
            {
                Kind = categorical.ContainsKey(n) ? SplitKind.AnySlotPositive : SplitKind.LessOrEqual,
                Feature = Math.Max(0, features[n]),
                Threshold = tree.GetProperty("threshold")[n].GetSingle(),
                Left = left[n],
                Right = right[n],
                Set = sets.Count,
            };
            if (categorical.TryGetValue(n, out int[]? slots))
            {
                sets.Add(new ValueSet(slots.Select(slot => (float)slot)));
            }
        }

        return new Tree(nodes, tree.GetProperty("leaf").EnumerateArray().Select(leaf => leaf.GetDouble()).ToArray()) { Sets = sets };
    }

    private static int[] Ints(JsonElement array) => array.EnumerateArray().Select(value => value.GetInt32()).ToArray();
}
