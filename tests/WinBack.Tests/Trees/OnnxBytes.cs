using System.Text;

namespace WinBack.Tests.Trees;

/// <summary>Writes tiny ONNX files by hand: one stump, 10 for true and 20 for false.</summary>
internal static class OnnxBytes
{
    public static byte[] Regressor(string mode, float threshold, bool missingIsTrue = false, string? extraOperator = null)
    {
        byte[] node = Message(
            Text(1, "X"), Text(2, "Y"), Text(4, "TreeEnsembleRegressor"),
            Integers("nodes_treeids", 0, 0, 0), Integers("nodes_nodeids", 0, 1, 2), Integers("nodes_featureids", 0, 0, 0),
            Integers("nodes_truenodeids", 1, 0, 0), Integers("nodes_falsenodeids", 2, 0, 0),
            Integers("nodes_missing_value_tracks_true", missingIsTrue ? 1 : 0, 0, 0),
            Texts("nodes_modes", mode, "LEAF", "LEAF"), Floats("nodes_values", threshold, 0, 0),
            Integers("target_treeids", 0, 0), Integers("target_nodeids", 1, 2), Integers("target_ids", 0, 0),
            Floats("target_weights", 10, 20));
        byte[] extra = extraOperator is null ? [] : Bytes(1, Message(Text(1, "Y"), Text(2, "Z"), Text(4, extraOperator)));
        byte[] dimensions = Message(Bytes(1, Message(Number(1, 1))), Bytes(1, Message(Number(1, 1))));
        byte[] input = Message(Text(1, "X"), Bytes(2, Bytes(1, Message(Number(1, 1), Bytes(2, dimensions)))));
        return Message(Number(1, 8), Bytes(7, Message(Bytes(1, node), extra, Bytes(11, input))));
    }

    private static byte[] Integers(string name, params int[] values) =>
        Bytes(5, Message([Text(1, name), .. values.Select(value => Number(8, value))]));

    private static byte[] Texts(string name, params string[] values) =>
        Bytes(5, Message([Text(1, name), .. values.Select(value => Text(9, value))]));

    private static byte[] Floats(string name, params float[] values) =>
        Bytes(5, Message(Text(1, name), Bytes(7, values.SelectMany(BitConverter.GetBytes).ToArray())));

    private static byte[] Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    private static byte[] Number(int field, int value) => [.. Varint(field << 3), .. Varint(value)];

    private static byte[] Bytes(int field, byte[] value) => [.. Varint((field << 3) | 2), .. Varint(value.Length), .. value];

    private static byte[] Message(params byte[][] fields) => fields.SelectMany(field => field).ToArray();

    private static byte[] Varint(int value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)value);
        return bytes.ToArray();
    }
}
