using WinBack.Trees.Ensemble;

namespace WinBack.Tests.Trees;

/// <summary>Seeded random ensembles and rows that hit every kind of node and every awkward value.</summary>
internal static class RandomEnsembles
{
    /// <summary>Values that thresholds and rows share, so that equality at the threshold is common.</summary>
    private static readonly float[] Awkward =
    [
        0f, -0f, 1f, -1f, 2f, 3f, 1.5f, float.Epsilon, -float.Epsilon, 1e-35f, -1e-35f, 1.1e-35f, float.MaxValue, float.MinValue,
        float.PositiveInfinity, float.NegativeInfinity, MathF.BitIncrement(1f), MathF.BitDecrement(1f), 16777216f,
    ];

    public static TreeEnsemble Ensemble(Random random, int trees, int features, int maxNodes, int outputs = 1, bool sets = true)
    {
        var list = new Tree[trees];
        for (int t = 0; t < trees; t++)
        {
            list[t] = Tree(random, random.Next(maxNodes + 1), features, random.Next(outputs), sets);
        }

        return new TreeEnsemble(
            Enumerable.Range(0, features).Select(f => $"f{f}").ToArray(),
            list,
            new LogisticLink(0.7, 0.1),
            Enumerable.Range(0, outputs).Select(_ => random.NextDouble()).ToArray(),
            random.Next(2) == 0 ? 1 : 3,
            (ScorePrecision)random.Next(3));
    }

    public static float Value(Random random) => random.Next(10) switch
    {
        < 2 => float.NaN,
        < 8 => Awkward[random.Next(Awkward.Length)],
        _ => (random.NextSingle() * 8) - 4,
    };

    public static float[] Row(Random random, int features) =>
        Enumerable.Range(0, features).Select(_ => Value(random)).ToArray();

    /// <summary>Grows a random shape: each new node replaces a random leaf.</summary>
    private static Tree Tree(Random random, int count, int features, int output, bool sets)
    {
        var nodes = new TreeNode[count];
        var valueSets = new List<ValueSet>();
        var leaves = new List<(int Parent, bool IsLeft)> { (-1, false) };
        for (int n = 0; n < count; n++)
        {
            int leaf = random.Next(leaves.Count);
            var (parent, isLeft) = leaves[leaf];
            if (parent >= 0)
            {
                nodes[parent] = isLeft ? nodes[parent] with { Left = n } : nodes[parent] with { Right = n };
            }

            nodes[n] = Node(random, features, sets, valueSets) with { Left = ~leaf, Right = ~leaves.Count };
            leaves[leaf] = (n, true);
            leaves.Add((n, false));
        }

        return new Tree(nodes, leaves.Select(_ => random.NextDouble() - 0.5).ToArray()) { Output = output, Sets = valueSets };
    }

    private static TreeNode Node(Random random, int features, bool sets, List<ValueSet> valueSets)
    {
        var kind = (SplitKind)random.Next(sets ? 5 : 2);
        if (kind >= SplitKind.CategoryIn)
        {
            int limit = kind == SplitKind.AnySlotPositive ? features : 6;
            valueSets.Add(new ValueSet(Enumerable.Range(0, random.Next(1, 4)).Select(_ => (float)random.Next(limit))));
        }

        float threshold = Value(random);
        return new TreeNode
        {
            Kind = kind,
            Feature = random.Next(features),
            Threshold = float.IsNaN(threshold) ? 0 : threshold,
            MissingGoesLeft = random.Next(2) == 0,
            ZeroIsMissing = random.Next(4) == 0,
            Set = valueSets.Count - 1,
        };
    }
}
