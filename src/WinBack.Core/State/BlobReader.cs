using System.Buffers.Binary;
using System.Text;

namespace WinBack.Core.State;

/// <summary>Reads what <see cref="BlobWriter"/> wrote; anything else is a <see cref="StateFormatException"/>.</summary>
/// <param name="texts">Texts read before; null makes every text anew.</param>
internal ref struct BlobReader(ReadOnlySpan<byte> blob, TextPool? texts)
{
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);
    private readonly ReadOnlySpan<byte> _blob = blob;
    private readonly TextPool? _texts = texts;
    private int _at;

    internal readonly int Left => _blob.Length - _at;

    internal byte Byte() => Take(1)[0];

    internal ulong Varint()
    {
        // Most numbers of a state take one byte.
        if (_at < _blob.Length && _blob[_at] < 0x80) return _blob[_at++];
        return LongVarint();
    }

    private ulong LongVarint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte b = Byte();
            value |= (ulong)(b & 0x7f) << shift;
            if (b < 0x80) return value;
        }

        throw Broken("a number longer than 10 bytes");
    }

    internal long Signed()
    {
        ulong value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>A count of things that take at least <paramref name="bytesEach"/> bytes, so it cannot ask for too much memory.</summary>
    internal int Count(int bytesEach)
    {
        ulong value = Varint();
        return value <= (ulong)(Left / bytesEach) ? (int)value : throw Broken($"a count of {value}, more than fits");
    }

    internal uint Fixed32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    internal ulong Fixed64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    internal string Text()
    {
        ReadOnlySpan<byte> bytes = Take(Count(1));
        if (_texts?.Find(bytes) is { } known) return known;
        try
        {
            string text = Utf8.GetString(bytes);
            _texts?.Keep(bytes, text);
            return text;
        }
        catch (ArgumentException)
        {
            throw Broken("text that is not UTF-8");
        }
    }

    internal readonly StateFormatException Broken(string what) =>
        new($"state blob of {_blob.Length} bytes: {what} at byte {_at}");

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > Left) throw Broken("the end came too early");
        ReadOnlySpan<byte> taken = _blob.Slice(_at, count);
        _at += count;
        return taken;
    }
}
