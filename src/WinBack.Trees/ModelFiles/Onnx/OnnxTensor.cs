using System.Buffers.Binary;

namespace WinBack.Trees.ModelFiles.Onnx;

/// <summary>A constant tensor of numbers, flattened.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">All values.</param>
/// <param name="IsDouble">Whether they are stored as double.</param>
internal sealed record OnnxTensor(string Name, IReadOnlyList<double> Values, bool IsDouble)
{
    private const int DoubleType = 11;

    public static OnnxTensor Read(WireReader message, Func<string, ModelFormatException> fault)
    {
        string name = "";
        int type = 0;
        var values = new List<double>();
        var integers = new List<long>();
        ReadOnlyMemory<byte> raw = default;
        while (message.Next())
        {
            switch (message.Field)
            {
                case 2:
                    type = (int)message.Integer;
                    break;
                case 4:
                    message.AddSingles(values);
                    break;
                case 5 or 7:
                    message.AddIntegers(integers);
                    break;
                case 8:
                    name = message.Text;
                    break;
                case 9:
                    raw = message.Bytes;
                    break;
                case 10:
                    message.AddDoubles(values);
                    break;
            }
        }

        values.AddRange(integers.Select(value => (double)value));
        if (raw.Length > 0)
        {
            AddRaw(raw.Span, type, values, problem => fault($"Tensor '{name}': {problem}"));
        }

        return new OnnxTensor(name, values, type == DoubleType);
    }

    /// <summary>Element types of TensorProto: 1 float, 2 uint8, 3 int8, 6 int32, 7 int64, 9 bool, 11 double.</summary>
    private static void AddRaw(ReadOnlySpan<byte> raw, int type, List<double> values, Func<string, ModelFormatException> fault)
    {
        int size = type switch
        {
            1 or 6 => 4,
            7 or 11 => 8,
            2 or 3 or 9 => 1,
            _ => throw fault($"element type {type} is not supported."),
        };
        for (int i = 0; i + size <= raw.Length; i += size)
        {
            var bytes = raw[i..];
            values.Add(type switch
            {
                1 => BinaryPrimitives.ReadSingleLittleEndian(bytes),
                6 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
                7 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
                11 => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
                3 => (sbyte)bytes[0],
                _ => bytes[0],
            });
        }
    }
}
