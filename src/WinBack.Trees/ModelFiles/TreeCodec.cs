using WinBack.Trees.Ensemble;

namespace WinBack.Trees.ModelFiles;

/// <summary>Trees in model.bin; the layout stands at <see cref="ModelBinary"/>.</summary>
internal static class TreeCodec
{
    private const int NodeBytes = 22;

    public static void Write(BinaryWriter writer, Tree tree)
    {
        writer.Write(tree.Nodes.Length);
        writer.Write(tree.Output);
        writer.Write(Extras(tree));
        foreach (ref readonly var node in tree.Nodes)
        {
            writer.Write(node.Feature);
            writer.Write(node.Threshold);
            writer.Write(node.Set);
            writer.Write(node.Left);
            writer.Write(node.Right);
            writer.Write((byte)node.Kind);
            writer.Write((byte)((node.MissingGoesLeft ? 1 : 0) | (node.ZeroIsMissing ? 2 : 0)));
        }

        WriteAll(writer, tree.LeafValues);
        WriteAll(writer, tree.Gains);
        WriteAll(writer, tree.NodeWeights);
        WriteAll(writer, tree.LeafWeights);
        foreach (int id in tree.LeafIds)
        {
            writer.Write(id);
        }

        writer.Write(tree.Sets.Count);
        foreach (var set in tree.Sets)
        {
            writer.Write(set.Values.Length);
            WriteAll(writer, set.Values);
        }
    }

    private static byte Extras(Tree tree) => (byte)(
        (tree.Gains.Length > 0 ? 1 : 0)
        | (tree.NodeWeights.Length > 0 ? 2 : 0)
        | (tree.LeafWeights.Length > 0 ? 4 : 0)
        | (tree.LeafIds.Length > 0 ? 8 : 0));

    public static Tree Read(ByteReader reader)
    {
        int count = reader.Count("nodes", NodeBytes);
        int output = reader.Int32();
        byte extras = reader.Byte();
        var nodes = new TreeNode[count];
        for (int n = 0; n < count; n++)
        {
            nodes[n] = ReadNode(reader);
        }

        double[] leafValues = reader.Doubles(count + 1);
        float[] gains = (extras & 1) != 0 ? reader.Singles(count) : [];
        float[] nodeWeights = (extras & 2) != 0 ? reader.Singles(count) : [];
        float[] leafWeights = (extras & 4) != 0 ? reader.Singles(count + 1) : [];
        int[] leafIds = (extras & 8) != 0 ? reader.Int32s(count + 1) : [];
        var sets = new ValueSet[reader.Count("sets", sizeof(int))];
        for (int s = 0; s < sets.Length; s++)
        {
            sets[s] = ReadSet(reader);
        }

        return new Tree(nodes, leafValues)
        {
            Output = output,
            Sets = sets,
            Gains = gains,
            NodeWeights = nodeWeights,
            LeafWeights = leafWeights,
            LeafIds = leafIds,
        };
    }

    private static TreeNode ReadNode(ByteReader reader)
    {
        var node = new TreeNode
        {
            Feature = reader.Int32(),
            Threshold = reader.Single(),
            Set = reader.Int32(),
            Left = reader.Int32(),
            Right = reader.Int32(),
            Kind = (SplitKind)reader.Byte(),
        };
        byte flags = reader.Byte();
        return node with { MissingGoesLeft = (flags & 1) != 0, ZeroIsMissing = (flags & 2) != 0 };
    }

    private static ValueSet ReadSet(ByteReader reader)
    {
        float[] values = reader.Singles(reader.Count("set members", sizeof(float)));
        return values.Any(float.IsNaN) ? throw reader.Fault("A value set holds NaN.") : new ValueSet(values);
    }

    private static void WriteAll(BinaryWriter writer, ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            writer.Write(value);
        }
    }

    private static void WriteAll(BinaryWriter writer, ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            writer.Write(value);
        }
    }
}
