using WinBack.Trees.Ensemble;

namespace WinBack.Cli.Training;

/// <summary>How much of a model each feature makes up, by gain where the file has gains, else by number of splits.</summary>
/// <param name="Shares">Shape [F]; sums to 1, or all 0 without splits.</param>
/// <param name="IsByGain">Otherwise by number of splits.</param>
internal sealed record FeatureShares(double[] Shares, bool IsByGain)
{
    internal static FeatureShares Of(TreeEnsemble ensemble)
    {
        bool isByGain = ensemble.Trees.Any(tree => tree.Gains.Any(gain => gain > 0));
        double[] shares = new double[ensemble.FeatureCount];
        foreach (Tree tree in ensemble.Trees)
        {
            for (int n = 0; n < tree.Nodes.Length; n++)
            {
                double weight = !isByGain ? 1 : tree.Gains.Length > 0 ? Math.Max(0, tree.Gains[n]) : 0;
                Add(shares, tree, tree.Nodes[n], weight);
            }
        }

        double total = shares.Sum();
        return new FeatureShares(total > 0 ? shares.Select(share => share / total).ToArray() : shares, isByGain);
    }

    /// <summary>Features that are asked for, the most important first.</summary>
    internal static IReadOnlyList<int> Ranked(double[] shares) =>
        Enumerable.Range(0, shares.Length).Where(f => shares[f] > 0).OrderByDescending(f => shares[f]).ToArray();

    /// <summary>A question about several one-hot slots counts for each of them in equal parts.</summary>
    private static void Add(double[] shares, Tree tree, in TreeNode node, double weight)
    {
        if (node.Kind != SplitKind.AnySlotPositive)
        {
            shares[node.Feature] += weight;
            return;
        }

        ReadOnlySpan<float> slots = tree.Sets[node.Set].Values;
        foreach (float slot in slots) shares[(int)slot] += weight / slots.Length;
    }
}
