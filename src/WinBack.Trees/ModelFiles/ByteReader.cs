using System.Buffers.Binary;
using System.Text;

namespace WinBack.Trees.ModelFiles;

/// <summary>Reads little-endian values from bytes that may be hostile.</summary>
/// <remarks>
/// Every count is compared with the bytes that are left before anything is allocated, so memory is bounded by the file's
/// size. Faults are <see cref="ModelFormatException"/> with the file and the offset.
/// </remarks>
internal sealed class ByteReader(string file, ReadOnlyMemory<byte> bytes)
{
    private const string Fix = "The file is damaged, or its writer is unknown: save the model again.";

    public string File => file;

    public int Position { get; private set; }

    public int Left => bytes.Length - Position;

    public byte Byte() => Take(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public float Single() => BinaryPrimitives.ReadSingleLittleEndian(Take(4));

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    /// <summary>A count of items of at least <paramref name="itemBytes"/> each.</summary>
    public int Count(string what, int itemBytes)
    {
        int count = Int32();
        if (count < 0 || (long)count * itemBytes > Left)
        {
            throw Fault($"{count} {what} do not fit into the {Left} bytes left at offset {Position}.");
        }

        return count;
    }

    public int[] Int32s(int count)
    {
        var values = new int[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = Int32();
        }

        return values;
    }

    public float[] Singles(int count)
    {
        var values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = Single();
        }

        return values;
    }

    public double[] Doubles(int count)
    {
        var values = new double[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = Double();
        }

        return values;
    }

    /// <summary>UTF-8, after its length in bytes as 16 bits.</summary>
    public string Text() => Encoding.UTF8.GetString(Take(UInt16()));

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count > Left)
        {
            throw Fault($"The file ends at offset {bytes.Length}, {count - Left} bytes too early.");
        }

        var taken = bytes.Span.Slice(Position, count);
        Position += count;
        return taken;
    }

    public void ExpectEnd()
    {
        if (Left > 0)
        {
            throw Fault($"{Left} bytes follow the end of the model at offset {Position}.");
        }
    }

    public ModelFormatException Fault(string problem) => new(file, problem, Fix);
}
