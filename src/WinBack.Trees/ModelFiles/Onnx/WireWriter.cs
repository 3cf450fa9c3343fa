using System.Buffers.Binary;
using System.Text;

namespace WinBack.Trees.ModelFiles.Onnx;

/// <summary>Writes the fields of one protobuf message; a nested message is the bytes of another writer.</summary>
internal sealed class WireWriter
{
    private const int Varint = 0;
    private const int Delimited = 2;
    private const int Fixed32 = 5;

    private readonly MemoryStream _bytes = new();

    public byte[] ToArray() => _bytes.ToArray();

    public WireWriter Integer(int field, long value)
    {
        WriteVarint(((ulong)field << 3) | Varint);
        WriteVarint((ulong)value);
        return this;
    }

    public WireWriter Single(int field, float value)
    {
        WriteVarint(((ulong)field << 3) | Fixed32);
        WriteSingle(value);
        return this;
    }

    public WireWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public WireWriter Message(int field, WireWriter message) => Bytes(field, message.ToArray());

    public WireWriter Bytes(int field, ReadOnlySpan<byte> value)
    {
        WriteVarint(((ulong)field << 3) | Delimited);
        WriteVarint((ulong)value.Length);
        _bytes.Write(value);
        return this;
    }

    /// <summary>Packed, as every parser takes them.</summary>
    public WireWriter Integers(int field, IEnumerable<long> values)
    {
        var packed = new WireWriter();
        foreach (long value in values)
        {
            packed.WriteVarint((ulong)value);
        }

        return Message(field, packed);
    }

    /// <summary>Packed, as every parser takes them.</summary>
    public WireWriter Singles(int field, IEnumerable<float> values)
    {
        var packed = new WireWriter();
        foreach (float value in values)
        {
            packed.WriteSingle(value);
        }

        return Message(field, packed);
    }

    private void WriteSingle(float value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        _bytes.Write(bytes);
    }

    private void WriteVarint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _bytes.WriteByte((byte)(value | 0x80));
        }

        _bytes.WriteByte((byte)value);
    }
}
