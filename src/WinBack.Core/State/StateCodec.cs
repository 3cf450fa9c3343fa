using System.Numerics;
using WinBack.Core.Events;

namespace WinBack.Core.State;

/// <summary>
/// The state blob: one byte version, one byte flags (1 = erased; nothing follows), then instants, lifetime counters,
/// the three rings, facts, feature uses and recent ids. Times are differences to the first event in ms; numbers are
/// varints. Equal states give equal bytes, so blobs can be compared. Not thread-safe: it keeps a buffer.
/// </summary>
public sealed class StateCodec
{
    /// <summary>Version written. Older versions are read and upgraded; a newer one is refused, and writing stops.</summary>
    public const byte Version = 1;

    private const byte ErasedFlag = 1;
    private readonly BlobWriter _out = new();

    /// <returns>The blob; valid until the next call.</returns>
    public ReadOnlySpan<byte> Encode(CustomerState state)
    {
        _out.Clear();
        _out.Byte(Version);
        _out.Byte(state.IsErased ? ErasedFlag : (byte)0);
        if (state.IsErased) return _out.Written;
        long origin = state.Instants[Instant.FirstEvent] ?? 0;
        WriteInstants(state.Instants, origin);
        WriteTile(state.Lifetime);
        WriteRing(state.Hours, origin);
        WriteRing(state.Days, origin);
        WriteRing(state.Weeks, origin);
        WriteFacts(state.Facts, origin);
        WriteFeatureUses(state.FeatureUses, origin);
        WriteRecent(state, origin);
        return _out.Written;
    }

    /// <exception cref="StateFormatException">The blob is damaged, or of a newer version.</exception>
    public static CustomerState Decode(ReadOnlySpan<byte> blob)
    {
        var from = new BlobReader(blob);
        var state = new CustomerState();
        byte version = from.Byte();
        if (version != Version)
            throw new StateFormatException($"state blob of version {version}; this binary reads {Version}: update it");
        byte flags = from.Byte();
        if (flags > ErasedFlag) throw from.Broken("a flag that is not known");
        if (flags == ErasedFlag)
        {
            state.Erase();
        }
        else
        {
            long origin = ReadInstants(ref from, state.Instants);
            ReadTile(ref from, state.LifetimeRing, 0);
            ReadRing(ref from, state.Hours, origin);
            ReadRing(ref from, state.Days, origin);
            ReadRing(ref from, state.Weeks, origin);
            ReadFacts(ref from, state.Facts, origin);
            ReadFeatureUses(ref from, state.FeatureUses, origin);
            ReadRecent(ref from, state, origin);
        }

        return from.Left == 0 ? state : throw from.Broken("bytes left over");
    }

    private void WriteInstants(InstantSet instants, long origin)
    {
        _out.Varint(instants.Mask);
        _out.Signed(origin);
        for (uint rest = instants.Mask; rest != 0; rest &= rest - 1)
            _out.Signed(instants[(Instant)BitOperations.TrailingZeroCount(rest)]!.Value - origin);
    }

    private static long ReadInstants(ref BlobReader from, InstantSet instants)
    {
        ulong mask = from.Varint();
        if (mask >> InstantSet.Count != 0) throw from.Broken("an instant that is not known");
        long origin = from.Signed();
        for (ulong rest = mask; rest != 0; rest &= rest - 1)
            instants.Set((Instant)BitOperations.TrailingZeroCount(rest), origin + from.Signed());
        return origin;
    }

    private void WriteTile(in Tile tile)
    {
        _out.Varint(tile.Mask);
        foreach (long value in tile.Values) _out.Varint((ulong)value);
    }

    private static void ReadTile(ref BlobReader from, TileRing ring, int index)
    {
        ulong mask = from.Varint();
        if (mask > uint.MaxValue) throw from.Broken("a counter that is not known");
        ring.AppendHead(index, (uint)mask);
        for (int count = BitOperations.PopCount(mask); count > 0; count--) ring.AppendValue((long)from.Varint());
    }

    private void WriteRing(TileRing ring, long origin)
    {
        _out.Varint((ulong)ring.Count);
        int previous = ring.IndexOf(origin);
        foreach (Tile tile in ring)
        {
            _out.Varint((ulong)(tile.Index - previous));
            WriteTile(tile);
            previous = tile.Index;
        }
    }

    private static void ReadRing(ref BlobReader from, TileRing ring, long origin)
    {
        int index = ring.IndexOf(origin);
        for (int count = from.Count(2); count > 0; count--)
        {
            index += (int)from.Varint();
            ReadTile(ref from, ring, index);
        }
    }

    private void WriteFacts(FactSet facts, long origin)
    {
        _out.Varint((ulong)facts.Registers.Length);
        foreach (ref readonly FactRegister register in facts.Registers)
        {
            _out.Byte((byte)register.Fact);
            _out.Signed(register.TimeMs - origin);
            _out.Fixed32(register.Tie);
            if (IsText(register.Fact)) _out.Text(register.Text!);
            else _out.Signed(register.Number);
        }
    }

    private static void ReadFacts(ref BlobReader from, FactSet facts, long origin)
    {
        for (int count = from.Count(7); count > 0; count--)
        {
            var fact = (Fact)from.Byte();
            long timeMs = origin + from.Signed();
            uint tie = from.Fixed32();
            facts.Write(IsText(fact)
                ? new FactRegister(fact, timeMs, tie, 0, from.Text())
                : new FactRegister(fact, timeMs, tie, from.Signed(), null));
        }
    }

    private static bool IsText(Fact fact) => fact < Fact.PlanPriceMicros;

    private void WriteFeatureUses(FeatureUseSet uses, long origin)
    {
        _out.Varint((ulong)uses.Count);
        foreach (ref readonly FeatureUse use in uses.Uses)
        {
            _out.Byte(use.Bucket);
            _out.Text(use.Name);
            _out.Varint((ulong)use.Uses);
            _out.Signed(use.LastUsedMs - origin);
        }
    }

    private static void ReadFeatureUses(ref BlobReader from, FeatureUseSet uses, long origin)
    {
        for (int count = from.Count(4); count > 0; count--)
            uses.Append(new FeatureUse(from.Byte(), from.Text(), (long)from.Varint(), origin + from.Signed()));
    }

    private void WriteRecent(CustomerState state, long origin)
    {
        byte mask = 0;
        foreach (EventStream stream in EventStreams.All)
            if (state.Recent(stream) is { IsEmpty: false }) mask |= (byte)(1 << (int)stream);
        _out.Byte(mask);
        foreach (EventStream stream in EventStreams.All)
        {
            if (state.Recent(stream) is not { IsEmpty: false } recent) continue;
            _out.Signed(recent.LatestIngestMs - origin);
            _out.Signed(recent.LatestIngestMs - recent.FloorMs);
            _out.Varint((ulong)recent.Count);
            long previous = recent.FloorMs;
            foreach (long timeMs in recent.Times)
            {
                _out.Varint((ulong)(timeMs - previous));
                previous = timeMs;
            }

            foreach (ulong hash in recent.Hashes) _out.Fixed64(hash);
        }
    }

    private static void ReadRecent(ref BlobReader from, CustomerState state, long origin)
    {
        byte mask = from.Byte();
        if (mask >> EventStreams.Count != 0) throw from.Broken("a stream that is not known");
        foreach (EventStream stream in EventStreams.All)
        {
            if ((mask & (1 << (int)stream)) == 0) continue;
            long latest = origin + from.Signed();
            long floor = latest - from.Signed();
            long[] times = new long[from.Count(9)];
            for (int i = 0; i < times.Length; i++) times[i] = (i == 0 ? floor : times[i - 1]) + (long)from.Varint();
            RecentIds recent = state.RecentOrNew(stream);
            recent.Restore(latest, floor);
            foreach (long timeMs in times) recent.Append(timeMs, from.Fixed64());
        }
    }
}
