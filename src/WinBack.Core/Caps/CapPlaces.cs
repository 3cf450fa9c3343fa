using WinBack.Core.Policy;

namespace WinBack.Core.Caps;

/// <summary>What takes places under the caps of one customer: time stamps of touches, and impressions. Not thread-safe.</summary>
internal sealed class CapPlaces
{
    /// <summary>
    /// Time stamps that a list keeps at least, whatever the limit: a later playbook may widen a window, or raise a limit up to
    /// here, and what was sent before still counts.
    /// </summary>
    internal const int LeastKept = 20;

    private readonly Dictionary<string, List<long>> _stamps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Impression>> _impressions = new(StringComparer.Ordinal);

    internal IReadOnlyDictionary<string, List<long>> Stamps => _stamps;

    internal IReadOnlyDictionary<string, List<Impression>> Impressions => _impressions;

    internal void Restore(string key, IEnumerable<long> stamps) => _stamps.Add(key, [.. stamps]);

    internal void Restore(string key, IEnumerable<Impression> impressions) => _impressions.Add(key, [.. impressions]);

    internal void Add(string key, long stamp)
    {
        if (!_stamps.TryGetValue(key, out List<long>? stamps)) _stamps.Add(key, stamps = []);
        int at = stamps.Count;
        while (at > 0 && stamps[at - 1] > stamp) at--;
        stamps.Insert(at, stamp);
    }

    internal void Remove(string key, long stamp)
    {
        if (!_stamps.TryGetValue(key, out List<long>? stamps)) return;
        stamps.Remove(stamp);
        if (stamps.Count == 0) _stamps.Remove(key);
    }

    /// <summary>Once for each event, however often it is told.</summary>
    internal void Add(string key, Impression impression)
    {
        if (!_impressions.TryGetValue(key, out List<Impression>? impressions)) _impressions.Add(key, impressions = []);
        int at = impressions.BinarySearch(impression);
        if (at >= 0) return;
        impressions.Insert(~at, impression);
        if (impressions.Count > Impression.Most) impressions.RemoveAt(0);
    }

    /// <summary>A list keeps its last entries, as many as the limit and no fewer than <see cref="LeastKept"/>, and all that still count.</summary>
    internal void Trim(CapUse cap, long outside)
    {
        int kept = Math.Max(cap.Limit, LeastKept);
        if (_stamps.TryGetValue(cap.Key, out List<long>? stamps))
            while (stamps.Count > kept && stamps[0] <= outside) stamps.RemoveAt(0);
        if (_impressions.TryGetValue(cap.Key, out List<Impression>? impressions))
            while (impressions.Count > kept && impressions[0].TimeMicros <= outside) impressions.RemoveAt(0);
    }

    /// <summary>
    /// Touches and impressions in the window, and the first instant at which there are fewer than the limit if nothing else
    /// happens.
    /// </summary>
    /// <param name="open">Reservations that are neither confirmed nor given back.</param>
    internal int Count(CapUse cap, long nowMicros, IReadOnlyList<CapReservation> open, out long allowedMicros)
    {
        allowedMicros = nowMicros;
        bool isTouched = _stamps.TryGetValue(cap.Key, out List<long>? stamps);
        bool isSeen = _impressions.TryGetValue(cap.Key, out List<Impression>? impressions);
        if (!isTouched && !isSeen) return 0;
        long outside = OutsideOf(cap, nowMicros, out long? end);
        long window = CapTime.ToMicros(cap.Window);
        var leaves = new List<long>(stamps?.Count ?? Impression.Most);
        // A place that is only reserved may be free sooner than the window ends.
        if (isTouched)
            foreach (long stamp in stamps!) Leave(stamp, ReservedUntil(stamp, open) ?? long.MaxValue);
        if (isSeen)
            foreach (Impression impression in impressions!) Leave(impression.TimeMicros, long.MaxValue);
        if (leaves.Count < cap.Limit) return leaves.Count;
        leaves.Sort();
        allowedMicros = leaves[leaves.Count - cap.Limit];
        return leaves.Count;

        void Leave(long stamp, long latest)
        {
            long leave = Math.Min(end ?? (stamp + window), latest);
            if (stamp > outside && leave > nowMicros) leaves.Add(leave);
        }
    }

    /// <summary>The last instant that does not count, and where the period ends: null for a sliding window.</summary>
    internal static long OutsideOf(CapUse cap, long nowMicros, out long? end)
    {
        end = null;
        if (cap.Period == CapPeriod.None) return nowMicros - CapTime.ToMicros(cap.Window);
        (long start, end) = cap.Bounds.PeriodOf(nowMicros);
        return start - 1;
    }

    /// <summary>Until when the place of a time stamp is only reserved; null when it is taken for good.</summary>
    internal static long? ReservedUntil(long stamp, IReadOnlyList<CapReservation> open)
    {
        foreach (CapReservation reservation in open)
            if (reservation.StampMicros == stamp) return reservation.ExpireMicros;
        return null;
    }

    /// <summary>The touches that are more than reserved: those counted under a key, and all by their keys.</summary>
    internal TouchHistory Sent(string key, List<CapReservation> open)
    {
        if (_stamps.Count == 0) return TouchHistory.None;
        var sentByKey = new Dictionary<string, IReadOnlyList<DateTimeOffset>>(_stamps.Count, StringComparer.Ordinal);
        foreach ((string list, List<long> times) in _stamps)
        {
            var sent = new List<DateTimeOffset>(times.Count);
            foreach (long stamp in times)
                if (ReservedUntil(stamp, open) is null) sent.Add(CapTime.ToTime(stamp));
            sentByKey.Add(list, sent);
        }

        return new TouchHistory(sentByKey.TryGetValue(key, out IReadOnlyList<DateTimeOffset>? counted) ? counted : [], sentByKey);
    }
}
