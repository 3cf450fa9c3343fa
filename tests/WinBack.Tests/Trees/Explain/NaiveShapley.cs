using WinBack.Trees.Ensemble;
using WinBack.Trees.Explain;
using WinBack.Trees.Scoring;

namespace WinBack.Tests.Trees.Explain;

/// <summary>Shapley values by their definition: every subset of the groups, each valued by walking the trees.</summary>
internal sealed class NaiveShapley(TreeEnsemble ensemble, FeatureGroups groups)
{
    public double[] Contributions(float[] row, int output)
    {
        var worth = Enumerable.Range(0, 1 << groups.Count).Select(known => Worth(row, known, output)).ToArray();
        var contributions = new double[groups.Count];
        for (int g = 0; g < contributions.Length; g++)
        {
            for (int known = 0; known < worth.Length; known++)
            {
                if ((known >> g & 1) == 0)
                {
                    contributions[g] += Weight(int.PopCount(known)) * (worth[known | 1 << g] - worth[known]);
                }
            }
        }

        return contributions;
    }

    /// <summary>The expected raw score when only the groups of a bit set are known.</summary>
    public double Worth(float[] row, int known, int output)
    {
        double sum = ensemble.BaseScores[output];
        foreach (var tree in ensemble.Trees.Where(tree => tree.Output == output))
        {
            sum += Worth(tree, tree.Nodes.Length == 0 ? ~0 : 0, row, known);
        }

        return sum / ensemble.Divisor;
    }

    private double Worth(Tree tree, int child, float[] row, int known)
    {
        if (child < 0)
        {
            return tree.LeafValues[~child];
        }

        var node = tree.Nodes[child];
        int group = node.Kind == SplitKind.AnySlotPositive ? groups.GroupOf((int)tree.Sets[node.Set].Values[0]) : groups.GroupOf(node.Feature);
        if ((known >> group & 1) == 1)
        {
            return Worth(tree, ReferenceScorer.GoesLeft(tree, node, row) ? node.Left : node.Right, row, known);
        }

        double left = Rows(tree, node.Left);
        double right = Rows(tree, node.Right);
        double share = left + right == 0 ? 0.5 : left / (left + right);
        return (share * Worth(tree, node.Left, row, known)) + ((1 - share) * Worth(tree, node.Right, row, known));
    }

    private static double Rows(Tree tree, int child) => child < 0
        ? tree.LeafWeights[~child]
        : Rows(tree, tree.Nodes[child].Left) + Rows(tree, tree.Nodes[child].Right);

    /// <summary>known! (n - known - 1)! / n!</summary>
    private double Weight(int known)
    {
        double weight = 1.0 / groups.Count;
        for (int k = 1; k <= known; k++)
        {
            weight *= (double)k / (groups.Count - k);
        }

        return weight;
    }
}
