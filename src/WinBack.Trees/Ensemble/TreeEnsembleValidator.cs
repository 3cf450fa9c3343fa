namespace WinBack.Trees.Ensemble;

/// <summary>Finds every fault of an ensemble, each naming the tree and node, so that a broken file is fixed in one go.</summary>
internal static class TreeEnsembleValidator
{
    /// <summary>Beyond this many faults the rest is noise (and a hostile file must not make a gigabyte of text).</summary>
    private const int MaxErrors = 20;

    public static IReadOnlyList<string> Validate(TreeEnsemble ensemble)
    {
        var errors = new List<string>();
        CheckFeatureNames(ensemble, errors);
        if (ensemble.OutputCount == 0)
        {
            errors.Add("There are no outputs: give one base score per output.");
        }

        if (ensemble.Link is OneVersusAllLink all && all.Links.Count != ensemble.OutputCount)
        {
            errors.Add($"{all.Links.Count} links for {ensemble.OutputCount} outputs.");
        }

        if (ensemble.Link is LogisticLink logistic && !(double.IsFinite(logistic.Slope) && double.IsFinite(logistic.Offset)))
        {
            errors.Add($"The link's slope {logistic.Slope} or offset {logistic.Offset} is not finite.");
        }

        foreach (double score in ensemble.BaseScores)
        {
            if (!double.IsFinite(score))
            {
                errors.Add($"Base score {score} is not a finite number.");
            }
        }

        if (!double.IsFinite(ensemble.Divisor) || ensemble.Divisor == 0)
        {
            errors.Add($"Divisor {ensemble.Divisor} is not a finite number other than zero.");
        }

        if (!Enum.IsDefined(ensemble.Precision))
        {
            errors.Add($"Unknown score precision {(int)ensemble.Precision}.");
        }

        for (int t = 0; t < ensemble.Trees.Count && errors.Count < MaxErrors; t++)
        {
            CheckTree(ensemble, t, errors);
        }

        return errors.Count <= MaxErrors ? errors : errors[..MaxErrors];
    }

    private static void CheckFeatureNames(TreeEnsemble ensemble, List<string> errors)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < ensemble.FeatureCount && errors.Count < MaxErrors; i++)
        {
            string name = ensemble.FeatureNames[i];
            if (string.IsNullOrWhiteSpace(name))
            {
                errors.Add($"Feature {i} has no name.");
            }
            else if (!seen.Add(name))
            {
                errors.Add($"Feature name '{name}' is used twice (second time at {i}).");
            }
        }
    }

    private static void CheckTree(TreeEnsemble ensemble, int t, List<string> errors)
    {
        var tree = ensemble.Trees[t];
        if (tree.Output < 0 || tree.Output >= ensemble.OutputCount)
        {
            errors.Add($"Tree {t}: output {tree.Output} is not in 0..{ensemble.OutputCount - 1}.");
        }

        if (tree.LeafCount != tree.Nodes.Length + 1)
        {
            errors.Add($"Tree {t}: {tree.Nodes.Length} nodes need {tree.Nodes.Length + 1} leaves, found {tree.LeafCount}.");
            return;
        }

        for (int leaf = 0; leaf < tree.LeafCount && errors.Count < MaxErrors; leaf++)
        {
            if (!double.IsFinite(tree.LeafValues[leaf]))
            {
                errors.Add($"Tree {t}: leaf {leaf} has value {tree.LeafValues[leaf]}, which is not a finite number.");
            }
        }

        CheckStatistics(tree, t, errors);
        for (int n = 0; n < tree.Nodes.Length && errors.Count < MaxErrors; n++)
        {
            CheckNode(ensemble, tree, t, n, errors);
        }

        CheckShape(tree, t, errors);
    }

    private static void CheckStatistics(Tree tree, int t, List<string> errors)
    {
        if (tree.Gains.Length is not 0 && tree.Gains.Length != tree.Nodes.Length)
        {
            errors.Add($"Tree {t}: {tree.Gains.Length} gains for {tree.Nodes.Length} nodes.");
        }

        if (tree.NodeWeights.Length is not 0 && tree.NodeWeights.Length != tree.Nodes.Length)
        {
            errors.Add($"Tree {t}: {tree.NodeWeights.Length} node weights for {tree.Nodes.Length} nodes.");
        }

        if (tree.LeafWeights.Length is not 0 && tree.LeafWeights.Length != tree.LeafCount)
        {
            errors.Add($"Tree {t}: {tree.LeafWeights.Length} leaf weights for {tree.LeafCount} leaves.");
        }

        if (tree.LeafIds.Length is not 0 && tree.LeafIds.Length != tree.LeafCount)
        {
            errors.Add($"Tree {t}: {tree.LeafIds.Length} leaf ids for {tree.LeafCount} leaves.");
        }
    }

    private static void CheckNode(TreeEnsemble ensemble, Tree tree, int t, int n, List<string> errors)
    {
        var node = tree.Nodes[n];
        if (!Enum.IsDefined(node.Kind))
        {
            errors.Add($"Tree {t}, node {n}: unknown split kind {(int)node.Kind}.");
        }

        if (node.Kind != SplitKind.AnySlotPositive && (node.Feature < 0 || node.Feature >= ensemble.FeatureCount))
        {
            errors.Add($"Tree {t}, node {n}: feature {node.Feature} is not in 0..{ensemble.FeatureCount - 1}.");
        }

        if (!node.HasSet && float.IsNaN(node.Threshold))
        {
            errors.Add($"Tree {t}, node {n}: the threshold is NaN.");
        }

        if (node.HasSet)
        {
            CheckSet(ensemble, tree, t, n, errors);
        }
    }

    private static void CheckSet(TreeEnsemble ensemble, Tree tree, int t, int n, List<string> errors)
    {
        var node = tree.Nodes[n];
        if (node.Set < 0 || node.Set >= tree.Sets.Count)
        {
            errors.Add($"Tree {t}, node {n}: set {node.Set} is not in 0..{tree.Sets.Count - 1}.");
            return;
        }

        if (node.Kind != SplitKind.AnySlotPositive)
        {
            return;
        }

        foreach (float slot in tree.Sets[node.Set].Values)
        {
            if (slot < 0 || slot >= ensemble.FeatureCount || slot != MathF.Truncate(slot))
            {
                errors.Add($"Tree {t}, node {n}: slot {slot} is not a feature in 0..{ensemble.FeatureCount - 1}.");
                return;
            }
        }
    }

    /// <summary>Every node and leaf must be reached exactly once: that excludes cycles, shared children and orphans.</summary>
    private static void CheckShape(Tree tree, int t, List<string> errors)
    {
        if (tree.Nodes.Length == 0)
        {
            return;
        }

        var nodeSeen = new bool[tree.Nodes.Length];
        var leafSeen = new bool[tree.LeafCount];
        nodeSeen[0] = true;
        for (int n = 0; n < tree.Nodes.Length; n++)
        {
            if (!Claim(tree.Nodes[n].Left) || !Claim(tree.Nodes[n].Right))
            {
                errors.Add($"Tree {t}, node {n}: a child ({tree.Nodes[n].Left}, {tree.Nodes[n].Right}) is out of range or has two parents.");
                return;
            }
        }

        // With every child claimed once and n nodes, a cycle leaves part of the nodes unreachable from the root.
        if (ReachableNodes(tree) != tree.Nodes.Length)
        {
            errors.Add($"Tree {t}: some nodes form a cycle that the root does not reach.");
        }

        bool Claim(int child)
        {
            var seen = child >= 0 ? nodeSeen : leafSeen;
            int index = child >= 0 ? child : ~child;
            if (index >= seen.Length || seen[index])
            {
                return false;
            }

            return seen[index] = true;
        }
    }

    private static int ReachableNodes(Tree tree)
    {
        int reached = 0;
        var open = new Stack<int>();
        open.Push(0);
        while (open.TryPop(out int n))
        {
            reached++;
            foreach (int child in (ReadOnlySpan<int>)[tree.Nodes[n].Left, tree.Nodes[n].Right])
            {
                if (child >= 0)
                {
                    open.Push(child);
                }
            }
        }

        return reached;
    }
}
