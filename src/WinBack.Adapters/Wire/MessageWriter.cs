using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Google.Protobuf;

namespace WinBack.Adapters.Wire;

/// <summary>
/// Writes protobuf messages without making them first: of a decision, which is written every time, these were 11 KB of objects and
/// more than half of the time (docs/PERFORMANCE.md). Fields that a call names in the order of their numbers are the bytes that Google.Protobuf
/// writes: proto3 without presence, so what is empty, 0 or false is left out, and repeated numbers are packed.
/// </summary>
/// <remarks>Protocol Buffers, "Encoding". For one thread. Its bytes are gone with it.</remarks>
internal sealed class MessageWriter : IDisposable
{
    private const int FirstLength = 8192;
    private const int MaxVarint = 10;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(FirstLength);
    private int _length;

    internal ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public void Dispose() => ArrayPool<byte>.Shared.Return(_bytes);

    /// <summary>One message by its writer, read: what is written for storing and what is shown come from one place.</summary>
    internal static T Read<T>(MessageParser<T> parser, Action<MessageWriter> write)
        where T : IMessage<T>
    {
        using var writer = new MessageWriter();
        write(writer);
        return parser.ParseFrom(writer.Written);
    }

    /// <summary>The fields of a message that is made already.</summary>
    internal void Fields(IMessage message)
    {
        int size = message.CalculateSize();
        message.WriteTo(Next(size)[..size]);
        _length += size;
    }

    /// <returns>Where its fields begin, for <see cref="End"/>.</returns>
    internal int Begin(int field)
    {
        Tag(field, WireFormat.WireType.LengthDelimited);
        // Most messages are short enough for a length of one byte; End moves the others.
        Next(1);
        return ++_length;
    }

    /// <summary>Ends what began last and has not ended.</summary>
    internal void End(int begin)
    {
        int length = _length - begin;
        int more = CodedOutputStream.ComputeLengthSize(length) - 1;
        if (more > 0)
        {
            Next(more);
            _bytes.AsSpan(begin, length).CopyTo(_bytes.AsSpan(begin + more));
            _length += more;
        }

        WriteVarint((ulong)length, _bytes.AsSpan(begin - 1));
    }

    internal void Message<T>(int field, T item, Action<T, MessageWriter> write)
    {
        int begin = Begin(field);
        write(item, this);
        End(begin);
    }

    internal void Messages<T>(int field, IReadOnlyList<T> items, Action<T, MessageWriter> write)
    {
        for (int i = 0; i < items.Count; i++) Message(field, items[i], write);
    }

    internal void String(int field, string text)
    {
        if (text.Length > 0) Element(field, text);
    }

    internal void Strings(int field, IReadOnlyList<string> texts)
    {
        for (int i = 0; i < texts.Count; i++) Element(field, texts[i]);
    }

    /// <summary>One of a repeated field.</summary>
    internal void Element(int field, string text)
    {
        int begin = Begin(field);
        // What cannot be encoded becomes U+FFFD, as with Google.Protobuf.
        _length += Encoding.UTF8.GetBytes(text, Next(Encoding.UTF8.GetMaxByteCount(text.Length)));
        End(begin);
    }

    /// <summary>Written also when it is empty.</summary>
    internal void Bytes(int field, ReadOnlySpan<byte> bytes)
    {
        Tag(field, WireFormat.WireType.LengthDelimited);
        Varint((ulong)bytes.Length);
        bytes.CopyTo(Next(bytes.Length));
        _length += bytes.Length;
    }

    /// <summary>Also int32 and enums.</summary>
    internal void Int64(int field, long value)
    {
        if (value == 0) return;
        Tag(field, WireFormat.WireType.Varint);
        Varint((ulong)value);
    }

    internal void Bool(int field, bool value) => Int64(field, value ? 1 : 0);

    internal void Double(int field, double value)
    {
        if (value == 0) return;
        Tag(field, WireFormat.WireType.Fixed64);
        BinaryPrimitives.WriteDoubleLittleEndian(Next(sizeof(double)), value);
        _length += sizeof(double);
    }

    internal void Time(int field, DateTimeOffset? time)
    {
        if (time is { } known) SecondsAndNanos(field, known.UtcTicks - DateTime.UnixEpoch.Ticks, isTime: true);
    }

    internal void Span(int field, TimeSpan span) => SecondsAndNanos(field, span.Ticks, isTime: false);

    internal void Packed(int field, ReadOnlySpan<float> values)
    {
        if (values.IsEmpty) return;
        Tag(field, WireFormat.WireType.LengthDelimited);
        Varint((ulong)values.Length * sizeof(float));
        Span<byte> to = Next(values.Length * sizeof(float));
        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(to[(i * sizeof(float))..], values[i]);
        _length += values.Length * sizeof(float);
    }

    internal void Packed<T>(int field, IReadOnlyList<T> items, Func<T, double> value)
    {
        if (items.Count == 0) return;
        Tag(field, WireFormat.WireType.LengthDelimited);
        Varint((ulong)items.Count * sizeof(double));
        foreach (T item in items)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(Next(sizeof(double)), value(item));
            _length += sizeof(double);
        }
    }

    /// <summary>Also int32 and enums.</summary>
    internal void Packed<T>(int field, IReadOnlyList<T> items, Func<T, long> value)
    {
        if (items.Count == 0) return;
        int begin = Begin(field);
        for (int i = 0; i < items.Count; i++) Varint((ulong)value(items[i]));
        End(begin);
    }

    /// <summary>google.protobuf.Timestamp and Duration, whose numbers are the same; nanos of a time are never negative.</summary>
    private void SecondsAndNanos(int field, long ticks, bool isTime)
    {
        (long seconds, long rest) = Math.DivRem(ticks, TimeSpan.TicksPerSecond);
        if (isTime && rest < 0) (seconds, rest) = (seconds - 1, rest + TimeSpan.TicksPerSecond);
        int begin = Begin(field);
        Int64(1, seconds);
        Int64(2, rest * TimeSpan.NanosecondsPerTick);
        End(begin);
    }

    private void Tag(int field, WireFormat.WireType type) => Varint(WireFormat.MakeTag(field, type));

    private void Varint(ulong value) => _length += WriteVarint(value, Next(MaxVarint));

    private static int WriteVarint(ulong value, Span<byte> to)
    {
        int length = 0;
        for (; value > 0x7F; value >>= 7) to[length++] = (byte)(value | 0x80);
        to[length++] = (byte)value;
        return length;
    }

    /// <summary>Room for what comes next.</summary>
    private Span<byte> Next(int count)
    {
        if (_bytes.Length - _length < count) Grow(count);
        return _bytes.AsSpan(_length);
    }

    private void Grow(int count)
    {
        byte[] longer = ArrayPool<byte>.Shared.Rent(Math.Max(_length + count, 2 * _bytes.Length));
        Written.CopyTo(longer);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = longer;
    }
}
