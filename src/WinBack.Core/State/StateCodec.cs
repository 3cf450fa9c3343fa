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

    internal const byte ErasedFlag = 1;
    private readonly BlobWriter _out = new();
    private readonly TextPool _texts = new();

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
        var state = new CustomerState();
        StateReader.Read(new BlobReader(blob, texts: null), state);
        return state;
    }

    /// <summary>Reads into a state that held another customer's; once it has grown to size, nothing is allocated.</summary>
    /// <param name="blob">Null for a customer without any event.</param>
    /// <exception cref="StateFormatException">As above; what the state holds then is of no use.</exception>
    public void Decode(byte[]? blob, CustomerState state)
    {
        state.Clear();
        if (blob is not null) StateReader.Read(new BlobReader(blob, _texts), state);
    }

    private void WriteInstants(InstantSet instants, long origin)
    {
        _out.Varint(instants.Mask);
        _out.Signed(origin);
        for (uint rest = instants.Mask; rest != 0; rest &= rest - 1)
            _out.Signed(instants[(Instant)BitOperations.TrailingZeroCount(rest)]!.Value - origin);
    }

    private void WriteTile(in Tile tile)
    {
        _out.Varint(tile.Mask);
        foreach (long value in tile.Values) _out.Varint((ulong)value);
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

    internal static bool IsText(Fact fact) => fact < Fact.PlanPriceMicros;

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

    private void WriteRecent(CustomerState state, long origin)
    {
        byte mask = 0;
        foreach (EventStream stream in EventStreams.All)
            if (state.Recent(stream) is not null) mask |= (byte)(1 << (int)stream);
        _out.Byte(mask);
        foreach (EventStream stream in EventStreams.All)
        {
            if (state.Recent(stream) is not { } recent) continue;
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
}
