using System.Runtime.CompilerServices;

namespace WinBack.Core.State;

/// <summary>One optional instant per <see cref="Instant"/>, in milliseconds since 1970-01-01T00:00Z.</summary>
public sealed class InstantSet
{
    internal const int Count = (int)Instant.LastReengaged + 1;
    private Times _times;

    /// <summary>Bit i is set when instant i is known.</summary>
    internal uint Mask { get; private set; }

    public long? this[Instant instant] => Has(instant) ? _times[(int)instant] : null;

    public bool Has(Instant instant) => (Mask & (1u << (int)instant)) != 0;

    internal void Latest(Instant instant, long timeMs)
    {
        if (!Has(instant) || timeMs > _times[(int)instant]) Set(instant, timeMs);
    }

    internal void Earliest(Instant instant, long timeMs)
    {
        if (!Has(instant) || timeMs < _times[(int)instant]) Set(instant, timeMs);
    }

    internal void Set(Instant instant, long timeMs)
    {
        _times[(int)instant] = timeMs;
        Mask |= 1u << (int)instant;
    }

    internal void Clear() => Mask = 0;

    [InlineArray(Count)]
    private struct Times
    {
        private long _first;
    }
}
