using System.Numerics;
using WinBack.Core.Events;

namespace WinBack.Core.State;

/// <summary>The reading half of <see cref="StateCodec"/>, part by part in the order in which that one writes them.</summary>
internal static class StateReader
{
    /// <param name="state">Without any event.</param>
    /// <exception cref="StateFormatException">The blob is damaged, or of a newer version.</exception>
    internal static void Read(BlobReader from, CustomerState state)
    {
        byte version = from.Byte();
        if (version != StateCodec.Version)
            throw new StateFormatException($"state blob of version {version}; this binary reads {StateCodec.Version}: update it");
        byte flags = from.Byte();
        if (flags > StateCodec.ErasedFlag) throw from.Broken("a flag that is not known");
        if (flags == StateCodec.ErasedFlag)
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

        if (from.Left != 0) throw from.Broken("bytes left over");
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

    private static void ReadTile(ref BlobReader from, TileRing ring, int index)
    {
        ulong mask = from.Varint();
        if (mask > uint.MaxValue) throw from.Broken("a counter that is not known");
        foreach (ref long value in ring.Append(index, (uint)mask)) value = (long)from.Varint();
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

    private static void ReadFacts(ref BlobReader from, FactSet facts, long origin)
    {
        for (int count = from.Count(7); count > 0; count--)
        {
            var fact = (Fact)from.Byte();
            long timeMs = origin + from.Signed();
            uint tie = from.Fixed32();
            facts.Write(StateCodec.IsText(fact)
                ? new FactRegister(fact, timeMs, tie, 0, from.Text())
                : new FactRegister(fact, timeMs, tie, from.Signed(), null));
        }
    }

    private static void ReadFeatureUses(ref BlobReader from, FeatureUseSet uses, long origin)
    {
        for (int count = from.Count(4); count > 0; count--)
            uses.Append(new FeatureUse(from.Byte(), from.Text(), (long)from.Varint(), origin + from.Signed()));
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
            state.RecentOrNew(stream).Restore(latest, floor, from.Count(9), out Span<long> times, out Span<ulong> hashes);
            for (int i = 0; i < times.Length; i++) times[i] = (i == 0 ? floor : times[i - 1]) + (long)from.Varint();
            foreach (ref ulong hash in hashes) hash = from.Fixed64();
        }
    }
}
