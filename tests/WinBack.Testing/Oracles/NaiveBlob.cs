using System.Numerics;
using System.Text;
using WinBack.Core.Events;
using WinBack.Core.State;

namespace WinBack.Testing.Oracles;

/// <summary>Version 1 of the state blob, written down a second time: from events straight to bytes.</summary>
internal sealed class NaiveBlob
{
    private const long HourMs = 3_600_000;
    private const long DayMs = 24 * HourMs;
    private readonly List<byte> _bytes = [1];
    private readonly (NaiveEvent Event, NaiveEffect Effect)[] _effects;
    private readonly long _originMs;

    private NaiveBlob(NaiveEvent[] folded)
    {
        _effects = [.. folded.SelectMany(e => NaiveEffects.Of(e.Message).Select(effect => (e, effect)))];
        _originMs = folded.Length == 0 ? 0 : folded.Min(e => e.TimeMs);
    }

    internal static byte[] Encode(NaiveEvent[] folded, IEnumerable<NaiveArrivals> streams)
    {
        if (folded.Any(e => e.IsErasure)) return [1, 1];
        var blob = new NaiveBlob(folded);
        blob._bytes.Add(0);
        blob.Instants();
        blob.Tile(blob.Amounts());
        long newestMs = folded.Length == 0 ? 0 : folded.Max(e => e.TimeMs);
        blob.Ring(HourMs, 48, newestMs);
        blob.Ring(DayMs, 36, newestMs);
        blob.Ring(7 * DayMs, 54, newestMs);
        blob.Facts();
        blob.FeatureUses();
        blob.Recent(streams);
        return [.. blob._bytes];
    }

    private void Instants()
    {
        var instants = new SortedDictionary<int, long>();
        foreach (var moments in Of<NaiveEffect.Moment>().GroupBy(m => m.Effect))
            instants[(int)moments.Key.Instant] = moments.Key.IsFirst ? moments.Min(m => m.Event.TimeMs) : moments.Max(
                m => m.Event.TimeMs);
        Number(instants.Keys.Aggregate(0UL, (mask, i) => mask | (1UL << i)));
        Signed(_originMs);
        foreach (long timeMs in instants.Values) Signed(timeMs - _originMs);
    }

    private IEnumerable<(NaiveEvent Event, NaiveEffect.Amount Effect)> Amounts() =>
        Of<NaiveEffect.Amount>().Where(a => a.Effect.Value > 0);

    private void Tile(IEnumerable<(NaiveEvent Event, NaiveEffect.Amount Effect)> amounts)
    {
        var sums = amounts.GroupBy(a => (int)a.Effect.Counter).OrderBy(c => c.Key)
            .Select(c => (Counter: c.Key, Sum: c.Aggregate(BigInteger.Zero, (sum, a) => sum + a.Effect.Value))).ToArray();
        Number(sums.Aggregate(0UL, (mask, s) => mask | (1UL << s.Counter)));
        foreach ((_, BigInteger sum) in sums) Number((ulong)BigInteger.Min(sum, long.MaxValue));
    }

    private void Ring(long spanMs, int reach, long newestMs)
    {
        var tiles = Amounts().GroupBy(a => a.Event.TimeMs / spanMs)
            .Where(t => t.Key > (newestMs / spanMs) - reach).OrderBy(t => t.Key).ToArray();
        Number((ulong)tiles.Length);
        long previous = _originMs / spanMs;
        foreach (var tile in tiles)
        {
            Number((ulong)(tile.Key - previous));
            Tile(tile);
            previous = tile.Key;
        }
    }

    private void Facts()
    {
        var facts = Of<NaiveEffect.Known>().GroupBy(k => k.Effect.Fact).OrderBy(f => f.Key)
            .Select(f => f.OrderBy(k => k.Event.TimeMs)
                .ThenBy(k => f.Key >= Fact.ConsentBase ? k.Effect.Number : 0)
                .ThenBy(k => k.Event.Hash >> 32)
                .ThenBy(k => k.Effect.Number)
                .ThenBy(k => k.Effect.Text, StringComparer.Ordinal)
                .Last())
            .ToArray();
        Number((ulong)facts.Length);
        foreach ((NaiveEvent e, NaiveEffect.Known fact) in facts)
        {
            _bytes.Add((byte)fact.Fact);
            Signed(e.TimeMs - _originMs);
            _bytes.AddRange(BitConverter.GetBytes((uint)(e.Hash >> 32)));
            if (fact.Text is { } text) Text(text);
            else Signed(fact.Number);
        }
    }

    private void FeatureUses()
    {
        var buckets = Of<NaiveEffect.Use>().GroupBy(u => (byte)new EventId(u.Effect.Feature).Hash).OrderBy(b => b.Key).ToArray();
        Number((ulong)buckets.Length);
        foreach (var bucket in buckets)
        {
            var last = bucket.OrderBy(u => u.Event.TimeMs).ThenBy(u => u.Effect.Feature, StringComparer.Ordinal).Last();
            BigInteger uses = bucket.Aggregate(BigInteger.Zero, (sum, u) => sum + u.Effect.Uses);
            _bytes.Add(bucket.Key);
            Text(last.Effect.Feature);
            Number((ulong)BigInteger.Min(uses, long.MaxValue));
            Signed(last.Event.TimeMs - _originMs);
        }
    }

    private void Recent(IEnumerable<NaiveArrivals> streams)
    {
        _bytes.Add((byte)streams.Sum(s => 1 << (int)s.Stream));
        foreach (NaiveArrivals stream in streams)
        {
            Signed(stream.LatestIngestMs - _originMs);
            Signed(stream.LatestIngestMs - stream.FloorMs);
            NaiveEvent[] ids = [.. stream.Remembered.OrderBy(e => e.TimeMs).ThenBy(e => e.Hash)];
            Number((ulong)ids.Length);
            long previous = stream.FloorMs;
            foreach (NaiveEvent e in ids)
            {
                Number((ulong)(e.TimeMs - previous));
                previous = e.TimeMs;
            }

            foreach (NaiveEvent e in ids) _bytes.AddRange(BitConverter.GetBytes(e.Hash));
        }
    }

    private IEnumerable<(NaiveEvent Event, T Effect)> Of<T>()
        where T : NaiveEffect =>
        _effects.Where(e => e.Effect is T).Select(e => (e.Event, (T)e.Effect));

    private void Text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Number((ulong)bytes.Length);
        _bytes.AddRange(bytes);
    }

    /// <summary>Zigzag: 0, -1, 1, -2 become 0, 1, 2, 3.</summary>
    private void Signed(long value) => Number(value >= 0 ? (ulong)value * 2 : ((ulong)-(value + 1) * 2) + 1);

    /// <summary>Seven bits a byte, lowest first; the top bit says that more follow.</summary>
    private void Number(ulong value)
    {
        for (; value >= 128; value /= 128) _bytes.Add((byte)((value % 128) + 128));
        _bytes.Add((byte)value);
    }
}
