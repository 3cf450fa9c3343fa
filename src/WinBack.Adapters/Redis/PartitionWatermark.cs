using System.Buffers.Binary;
using WinBack.Core.Events;

namespace WinBack.Adapters.Redis;

/// <summary>
/// How far a partition is folded, and by whom: every record before <see cref="NextOffset"/> is in the states of the
/// partition, none from there on. Stored as 8 bytes epoch, 4 bytes schema, 8 bytes an offset, all big-endian, so that
/// equal watermarks are equal bytes.
/// </summary>
public sealed class PartitionWatermark
{
    /// <summary>Of the stored form, in bytes.</summary>
    public const int Length = 8 + 4 + (8 * EventStreams.Count);

    /// <summary>The offset of a stream of which nothing was read yet: consume from its beginning.</summary>
    public const long Beginning = -1;

    private readonly byte[] _bytes;

    private PartitionWatermark(byte[] bytes) => _bytes = bytes;

    /// <summary>Number of take-overs of the partition. A writer with a lower one is fenced.</summary>
    public long Epoch => BinaryPrimitives.ReadInt64BigEndian(_bytes);

    /// <summary>Version of the state blobs.</summary>
    public uint Schema => BinaryPrimitives.ReadUInt32BigEndian(_bytes.AsSpan(8));

    public ReadOnlyMemory<byte> Bytes => _bytes;

    public static PartitionWatermark Cold(uint schema)
    {
        byte[] bytes = new byte[Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(8), schema);
        bytes.AsSpan(12).Fill(0xff);
        return new PartitionWatermark(bytes);
    }

    /// <exception cref="InvalidDataException">The bytes are not a watermark.</exception>
    public static PartitionWatermark Parse(byte[] bytes) =>
        bytes.Length == Length
            ? new PartitionWatermark(bytes)
            : throw new InvalidDataException(
                $"a watermark of {bytes.Length} bytes where {Length} are expected: another program wrote this key");

    public long NextOffset(EventStream stream) => BinaryPrimitives.ReadInt64BigEndian(_bytes.AsSpan(OffsetAt(stream)));

    public PartitionWatermark WithEpoch(long epoch, uint schema)
    {
        byte[] bytes = (byte[])_bytes.Clone();
        BinaryPrimitives.WriteInt64BigEndian(bytes, epoch);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(8), schema);
        return new PartitionWatermark(bytes);
    }

    public PartitionWatermark WithOffsets(ReadOnlySpan<long> nextOffsets)
    {
        byte[] bytes = (byte[])_bytes.Clone();
        for (int i = 0; i < EventStreams.Count; i++)
            BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(OffsetAt((EventStream)i)), nextOffsets[i]);
        return new PartitionWatermark(bytes);
    }

    public bool Equals(PartitionWatermark other) => _bytes.AsSpan().SequenceEqual(other._bytes);

    /// <summary>True when no stream is further here than in <paramref name="other"/>.</summary>
    public bool IsAtOrBehind(PartitionWatermark other)
    {
        foreach (EventStream stream in EventStreams.All)
            if (NextOffset(stream) > other.NextOffset(stream)) return false;
        return true;
    }

    public override string ToString() =>
        $"epoch {Epoch}, schema {Schema}, offsets {string.Join(',', EventStreams.All.Select(NextOffset))}";

    private static int OffsetAt(EventStream stream) => 12 + (8 * (int)stream);
}
