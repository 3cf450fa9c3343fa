using WinBack.Core.Policy;

namespace WinBack.Tests.Caps;

/// <summary>
/// The oracle of the cap ledger: every touch ever reserved, asked by brute force. Slow, keeps everything, shares no code
/// with what it checks.
/// </summary>
internal sealed class NaiveTouchLog
{
    private readonly List<Touch> _touches = [];

    internal IReadOnlyList<Touch> Touches => _touches;

    internal void Add(Guid request, IEnumerable<CapUse> caps, long at, long expires) =>
        _touches.Add(new Touch(request, caps.Select(c => c.Key).ToHashSet(), at, expires));

    internal Touch Of(Guid request) => _touches.Single(t => t.Request == request);

    /// <summary>Touches under the cap that take a place at an instant.</summary>
    internal int Count(CapUse cap, long at) => _touches.Count(t =>
        t.Keys.Contains(cap.Key) && t.HoldsPlaceAt(at)
        && (cap.Period == CapPeriod.None ? t.At > at - (cap.Window.Ticks / 10) : t.At / Length(cap) == at / Length(cap)));

    /// <summary>The first instant from this one on with a free place, if nothing else happens.</summary>
    internal long FirstFree(CapUse cap, long from) => _touches
        .SelectMany(t => new[] { t.At + (cap.Window.Ticks / 10), t.Expires })
        .Append(from)
        .Append(cap.Period == CapPeriod.None ? from : ((from / Length(cap)) + 1) * Length(cap))
        .Where(at => at >= from)
        .Order()
        .First(at => Count(cap, at) < cap.Limit);

    /// <summary>Periods of tests are all as long, and one began in 1970.</summary>
    private static long Length(CapUse cap) => cap.Bounds.End - cap.Bounds.Start;

    internal sealed class Touch(Guid request, HashSet<string> keys, long at, long expires)
    {
        internal Guid Request => request;

        internal HashSet<string> Keys => keys;

        internal long At => at;

        internal long Expires => expires;

        internal bool IsConfirmed { get; set; }

        internal bool IsReleased { get; set; }

        internal bool HoldsPlaceAt(long time) => !IsReleased && (IsConfirmed || time < expires);
    }
}
