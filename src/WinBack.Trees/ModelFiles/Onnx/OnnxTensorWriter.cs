using System.Runtime.InteropServices;

namespace WinBack.Trees.ModelFiles.Onnx;

/// <summary>Writes constants. TensorProto: 1 dims, 2 type (1 float, 2 uint8, 9 bool, 11 double), 8 name, 9 raw little-endian data.</summary>
internal static class OnnxTensorWriter
{
    private const int FloatType = 1;
    private const int ByteType = 2;
    private const int BoolType = 9;
    private const int DoubleType = 11;

    public static WireWriter Singles(string name, ReadOnlySpan<float> values, params long[] dimensions) =>
        Of(name, FloatType, MemoryMarshal.AsBytes(values), dimensions);

    /// <summary>Of doubles, or rounded to floats.</summary>
    public static WireWriter Numbers(string name, double[] values, bool isDouble) => isDouble
        ? Of(name, DoubleType, MemoryMarshal.AsBytes<double>(values), [values.Length])
        : Singles(name, values.Select(value => (float)value).ToArray(), values.Length);

    public static WireWriter Bytes(string name, ReadOnlySpan<byte> values, params long[] dimensions) => Of(name, ByteType, values, dimensions);

    public static WireWriter Bools(string name, ReadOnlySpan<bool> values, params long[] dimensions) =>
        Of(name, BoolType, MemoryMarshal.AsBytes(values), dimensions);

    private static WireWriter Of(string name, int type, ReadOnlySpan<byte> raw, long[] dimensions)
    {
        var tensor = new WireWriter();
        foreach (long dimension in dimensions)
        {
            tensor.Integer(1, dimension);
        }

        return tensor.Integer(2, type).Text(8, name).Bytes(9, raw);
    }
}
