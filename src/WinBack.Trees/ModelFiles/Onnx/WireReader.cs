using System.Buffers.Binary;
using System.Text;

namespace WinBack.Trees.ModelFiles.Onnx;

/// <summary>Walks the fields of one protobuf message that may be hostile; nested messages are slices of the same bytes.</summary>
internal struct WireReader(string file, ReadOnlyMemory<byte> bytes)
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Delimited = 2;
    private const int Fixed32 = 5;

    private int _at;
    private int _kind;
    private ulong _scalar;
    private ReadOnlyMemory<byte> _bytes;

    /// <summary>Number of the field that <see cref="Next"/> found.</summary>
    public int Field { get; private set; }

    public readonly long Integer => (long)_scalar;

    public readonly float Single => BitConverter.Int32BitsToSingle((int)_scalar);

    public readonly ReadOnlyMemory<byte> Bytes => _bytes;

    public readonly string Text => Encoding.UTF8.GetString(_bytes.Span);

    public readonly WireReader Message => new(file, _bytes);

    /// <summary>Moves to the next field; false at the end.</summary>
    /// <exception cref="ModelFormatException">The bytes are not a protobuf message.</exception>
    public bool Next()
    {
        if (_at == bytes.Length)
        {
            return false;
        }

        ulong tag = ReadVarint();
        Field = (int)(tag >> 3);
        _kind = (int)(tag & 7);
        switch (_kind)
        {
            case Varint:
                _scalar = ReadVarint();
                break;
            case Fixed64:
                _scalar = BinaryPrimitives.ReadUInt64LittleEndian(Take(8).Span);
                break;
            case Fixed32:
                _scalar = BinaryPrimitives.ReadUInt32LittleEndian(Take(4).Span);
                break;
            case Delimited:
                ulong length = ReadVarint();
                _bytes = length <= (ulong)(bytes.Length - _at) ? Take((int)length) : throw Fault($"{length} bytes are announced");
                break;
            default:
                throw Fault($"wire type {_kind}");
        }

        return true;
    }

    /// <summary>Adds the field's integers: one, or packed.</summary>
    public readonly void AddIntegers(List<long> target)
    {
        if (_kind != Delimited)
        {
            target.Add((long)_scalar);
            return;
        }

        var packed = new WireReader(file, _bytes);
        while (packed._at < _bytes.Length)
        {
            target.Add((long)packed.ReadVarint());
        }
    }

    /// <summary>Adds the field's floats: one, or packed.</summary>
    public readonly void AddSingles(List<double> target)
    {
        if (_kind != Delimited)
        {
            target.Add(Single);
            return;
        }

        for (int i = 0; i + sizeof(float) <= _bytes.Length; i += sizeof(float))
        {
            target.Add(BinaryPrimitives.ReadSingleLittleEndian(_bytes.Span[i..]));
        }
    }

    /// <summary>Adds the field's doubles: one, or packed.</summary>
    public readonly void AddDoubles(List<double> target)
    {
        if (_kind != Delimited)
        {
            target.Add(BitConverter.UInt64BitsToDouble(_scalar));
            return;
        }

        for (int i = 0; i + sizeof(double) <= _bytes.Length; i += sizeof(double))
        {
            target.Add(BinaryPrimitives.ReadDoubleLittleEndian(_bytes.Span[i..]));
        }
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = Take(1).Span[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Fault("a number of more than ten bytes");
    }

    private ReadOnlyMemory<byte> Take(int count)
    {
        if (count > bytes.Length - _at)
        {
            throw Fault("too few bytes");
        }

        _at += count;
        return bytes.Slice(_at - count, count);
    }

    private readonly ModelFormatException Fault(string problem) =>
        new(file, $"Not a protobuf message: {problem} at byte {_at}.", "The file is damaged or not ONNX: export the model again.");
}
