using WinBack.Core.Policy;

namespace WinBack.Core.Caps;

/// <summary>
/// The touches of one customer as the caps count them, and the rules by which places are taken and given back. The Lua
/// scripts do the same in Redis; this class serves replay, simulation and previews, and is what they are tested against.
/// <list type="bullet">
/// <item>A list of time stamps per cap and scope value, ascending. It keeps all that are still in the window or
/// period, so "never more than N in any window" is exact, and the last ones, so that it stays so when a playbook widens it.</item>
/// <item>The clock of a customer never goes back: every change happens at max(clock, last change + 1 us), so a time stamp
/// is unique and no place is freed twice.</item>
/// <item>A reservation holds its places until it is confirmed (for good), released or expired (given back).</item>
/// <item>Caps that count what was sent, delivered or seen are corrected by outcomes; see <see cref="CapUnit"/>.</item>
/// </list>
/// Not thread-safe.
/// </summary>
public sealed class CapLedger
{
    private readonly CapPlaces _places = new();
    private readonly List<CapReservation> _open = [];
    private readonly Dictionary<Guid, CountedTouch> _counted = [];

    /// <summary>A new ledger without touches.</summary>
    public static CapLedger Empty => new();

    /// <summary>When the ledger last changed, in microseconds; 0 when it never did.</summary>
    public long LastChangeMicros { get; private set; }

    public IReadOnlyList<CapReservation> OpenReservations => _open;

    internal CapPlaces Places => _places;

    /// <summary>Touches of which outcomes matter, by request.</summary>
    public IReadOnlyDictionary<Guid, CountedTouch> CountedTouches => _counted;

    /// <summary>Builds a ledger from what a store read.</summary>
    public static CapLedger Restore(
        long lastChangeMicros,
        IEnumerable<KeyValuePair<string, List<long>>> stamps,
        IEnumerable<KeyValuePair<string, List<Impression>>> impressions,
        IEnumerable<CapReservation> open,
        IEnumerable<KeyValuePair<Guid, CountedTouch>> counted)
    {
        var ledger = new CapLedger { LastChangeMicros = lastChangeMicros };
        foreach ((string key, List<long> times) in stamps) ledger._places.Restore(key, times);
        foreach ((string key, List<Impression> seen) in impressions) ledger._places.Restore(key, seen);
        foreach ((Guid request, CountedTouch touch) in counted) ledger._counted.Add(request, touch);
        ledger._open.AddRange(open);
        return ledger;
    }

    public CapLedger Copy() => Restore(LastChangeMicros, _places.Stamps, _places.Impressions, _open, _counted);

    public bool IsOpen(Guid request) => _open.Exists(r => r.Request == request);

    /// <summary>Time stamps of one list, oldest first, in microseconds.</summary>
    public IReadOnlyList<long> StampsOf(string key) => _places.Stamps.TryGetValue(key, out List<long>? times) ? times : [];

    /// <summary>Impressions under one cap, oldest first.</summary>
    public IReadOnlyList<Impression> ImpressionsOf(string key) =>
        _places.Impressions.TryGetValue(key, out List<Impression>? seen) ? seen : [];

    /// <summary>The touches that are more than reserved: those counted under a key, and all by their keys.</summary>
    public TouchHistory SentTouches(string key) => _places.Sent(key, _open);

    /// <summary>The instant at which a change happens now; gives back the places of what has expired by then.</summary>
    public long Advance(DateTimeOffset clock)
    {
        long now = Math.Max(CapTime.ToMicros(clock), LastChangeMicros + 1);
        for (int i = _open.Count - 1; i >= 0; i--)
        {
            if (_open[i].ExpireMicros > now) continue;
            GiveBack(_open[i]);
            LastChangeMicros = now;
        }

        return now;
    }

    /// <summary>Finds the first candidate that all its caps allow, and says why the better ones are denied.</summary>
    /// <returns>Its index; -1 when there is none.</returns>
    public int FirstAllowed(IReadOnlyList<Candidate> ranking, long nowMicros, List<CapDenial> denials)
    {
        for (int c = 0; c < ranking.Count; c++)
        {
            bool isAllowed = true;
            IReadOnlyList<CapUse> caps = ranking[c].Caps;
            for (int i = 0; i < caps.Count; i++)
            {
                if (!caps[i].IsEnforced) continue;
                int count = _places.Count(caps[i], nowMicros, _open, out long allowedMicros);
                if (count < caps[i].Limit) continue;
                isAllowed = false;
                denials.Add(new CapDenial(c, i, count, CapTime.ToTime(allowedMicros)));
            }

            if (isAllowed) return c;
        }

        return -1;
    }

    /// <summary>
    /// The first instant from <paramref name="clock"/> on at which all the caps have a free place, if nothing else happens.
    /// </summary>
    public DateTimeOffset FreeTime(IReadOnlyList<CapUse> caps, DateTimeOffset clock)
    {
        long now = Math.Max(CapTime.ToMicros(clock), LastChangeMicros + 1);
        long free = now;
        foreach (CapUse cap in caps)
            if (cap.IsEnforced && _places.Count(cap, now, _open, out long allowed) >= cap.Limit) free = Math.Max(free, allowed);
        return free == now ? clock : CapTime.ToTime(free);
    }

    /// <summary>Takes a place under each cap, without asking them.</summary>
    public void Take(Guid request, IReadOnlyList<CapUse> caps, long nowMicros, TimeSpan reservation)
    {
        ForgetSettled(nowMicros);
        var keys = new string[caps.Count];
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = caps[i].Key;
            _places.Add(caps[i].Key, nowMicros);
            _places.Trim(caps[i], CapPlaces.OutsideOf(caps[i], nowMicros, out _));
        }

        _open.Add(new CapReservation(request, nowMicros, nowMicros + CapTime.ToMicros(reservation), keys));
        if (CountedTouch.Of(caps, nowMicros) is { } touch) _counted[request] = touch;
        LastChangeMicros = nowMicros;
    }

    /// <summary>Makes a reservation's places final, as far as its outcomes let it. False when it is not open.</summary>
    public bool Confirm(Guid request, long nowMicros)
    {
        if (_open.Find(r => r.Request == request) is not { } found) return false;
        _open.Remove(found);
        if (_counted.TryGetValue(request, out CountedTouch? touch)) Recount(touch, wasOpen: true, touch, isOpen: false);
        LastChangeMicros = nowMicros;
        return true;
    }

    /// <summary>Gives a reservation's places back. False when it is not open.</summary>
    public bool Release(Guid request, long nowMicros)
    {
        if (_open.Find(r => r.Request == request) is not { } found) return false;
        GiveBack(found);
        LastChangeMicros = nowMicros;
        return true;
    }

    /// <summary>
    /// Corrects what caps count by an outcome. The result depends on the set of outcomes heard: in any order, and any number
    /// of times, they lead to the same places.
    /// </summary>
    /// <returns>False when no cap counts outcomes of the touch, or it is too long ago to matter.</returns>
    public bool Hear(TouchOutcome outcome)
    {
        if (!_counted.TryGetValue(outcome.Request, out CountedTouch? touch)) return false;
        CountedTouch after = touch with { Heard = touch.Heard | outcome.Evidence };
        bool isOpen = IsOpen(outcome.Request);
        _counted[outcome.Request] = after;
        Recount(touch, isOpen, after, isOpen);
        if (outcome.Evidence != TouchEvidence.Shown) return true;
        foreach ((CapUnit unit, string key) in touch.Counted)
            if (unit == CapUnit.Impression) _places.Add(key, new Impression(outcome.TimeMicros, outcome.EventHash));
        return true;
    }

    private void Recount(CountedTouch before, bool wasOpen, CountedTouch after, bool isOpen)
    {
        foreach ((CapUnit unit, string key) in after.Counted)
        {
            bool held = before.Holds(unit, wasOpen), holds = after.Holds(unit, isOpen);
            if (held && !holds) _places.Remove(key, after.StampMicros);
            if (!held && holds) _places.Add(key, after.StampMicros);
        }
    }

    /// <summary>Touches whose outcomes change nothing any more.</summary>
    private void ForgetSettled(long nowMicros)
    {
        foreach ((Guid request, CountedTouch touch) in _counted)
            if (touch.KeepMicros <= nowMicros && !IsOpen(request)) _counted.Remove(request);
    }

    private void GiveBack(CapReservation reservation)
    {
        _open.Remove(reservation);
        _counted.Remove(reservation.Request);
        foreach (string key in reservation.Keys) _places.Remove(key, reservation.StampMicros);
    }
}
