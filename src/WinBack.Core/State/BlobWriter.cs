using System.Buffers.Binary;
using System.Text;

namespace WinBack.Core.State;

/// <summary>Writes varints (LEB128), zigzag numbers and short texts into a buffer that is kept for the next blob.</summary>
internal sealed class BlobWriter
{
    private byte[] _buffer = new byte[1024];
    private int _length;

    internal ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    internal void Clear() => _length = 0;

    internal void Byte(byte value) => Reserve(1)[0] = value;

    internal void Varint(ulong value)
    {
        const int longest = 10;
        byte[] buffer = _buffer.Length - _length < longest ? Grow(longest) : _buffer;
        int at = _length;
        for (; value >= 0x80; value >>= 7) buffer[at++] = (byte)(value | 0x80);
        buffer[at++] = (byte)value;
        _length = at;
    }

    internal void Signed(long value) => Varint((ulong)((value << 1) ^ (value >> 63)));

    internal void Fixed32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Reserve(4), value);

    internal void Fixed64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Reserve(8), value);

    internal void Text(string value)
    {
        // Up to here a text has at most 127 bytes and its length one, so it is written before it is measured.
        if (value.Length <= 42)
        {
            Span<byte> room = Reserve(1 + (3 * value.Length));
            room[0] = (byte)Encoding.UTF8.GetBytes(value, room[1..]);
            _length -= room.Length - 1 - room[0];
            return;
        }

        int length = Encoding.UTF8.GetByteCount(value);
        Varint((ulong)length);
        Encoding.UTF8.GetBytes(value, Reserve(length));
    }

    private Span<byte> Reserve(int count)
    {
        byte[] buffer = _buffer.Length - _length < count ? Grow(count) : _buffer;
        Span<byte> room = buffer.AsSpan(_length, count);
        _length += count;
        return room;
    }

    private byte[] Grow(int count)
    {
        Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + count));
        return _buffer;
    }
}
