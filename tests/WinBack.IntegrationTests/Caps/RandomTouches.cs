using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Policy;
using static WinBack.IntegrationTests.Caps.Touches;

namespace WinBack.IntegrationTests.Caps;

/// <summary>
/// Reserves, confirms, releases and retries at random times, and holds every answer against a naive log of all touches:
/// brute force, keeps everything, shares no code with what it checks. Outcomes of touches arrive late, again, and, with an odd
/// seed, in any order and against each other.
/// </summary>
internal sealed class RandomTouches
{
    private readonly StoreBench _bench;
    private readonly Random _random;
    private readonly CapUse[] _caps;
    private readonly Candidate[] _actions;
    private readonly long _period;
    private readonly bool _isConsistent;
    private readonly List<Touch> _log = [];
    private DateTimeOffset _clock = Start;
    private long _now;

    private RandomTouches(StoreBench bench, int seed)
    {
        (_bench, _random) = (bench, new Random(seed));
        _caps = Enumerable.Range(0, 4)
            .Select(i => new CapUse($"cap{i}/all", _random.Next(1, 5), TimeSpan.FromMinutes(_random.Next(10, 400)), IsEnforced: i > 0))
            .ToArray();
        _period = CapTime.ToMicros(TimeSpan.FromMinutes(_random.Next(60, 400)));
        for (int i = 0; i < 3; i++) _caps[i] = _caps[i] with { Counts = _random.GetItems(Enum.GetValues<CapUnit>(), 1)[0] };
        _caps[3] = _caps[3] with { Window = TimeSpan.Zero, Period = CapPeriod.Day, Counts = (CapUnit)(seed % 4) };
        _isConsistent = seed % 2 == 0;
        _actions = Enumerable.Range(0, 5)
            .Select(i => Candidate(_random.GetItems(_caps, 2).Distinct().ToArray()) with { Action = $"a{i}" }).ToArray();
    }

    internal static async Task RunAsync(StoreBench bench, int seed, int steps)
    {
        var run = new RandomTouches(bench, seed);
        await bench.SetStateAsync(Customer, State());
        for (int step = 0; step < steps; step++) await run.StepAsync(step);
        Assert.True(run._log.Count > steps / 10, $"seed {seed}: only {run._log.Count} touches");
        run.AssertNoWindowHoldsMore();
    }

    private async Task StepAsync(int step)
    {
        bool back = _random.Next(10) == 0;
        _clock += TimeSpan.FromSeconds(back ? -_random.Next(1_000) : _random.Next(1_200));
        _bench.SetClock(_clock);
        Candidate[] ranking = _random.GetItems(_actions, _random.Next(1, 4)).Distinct()
            .Select(action => action with { Caps = action.Caps.Select(WithBounds).ToArray() }).ToArray();
        Decision decision = (await _bench.Store.ReserveAsync(Plan(step, ranking))).Decision!;
        long now = CapTime.ToMicros(decision.CapClockTime);
        AssertAgrees(ranking, _now = now, decision);
        if (decision.Chosen is { } chosen)
            _log.Add(new Touch(step, chosen.Caps, now, CapTime.ToMicros(decision.ReservationExpireTime!.Value), Story()));
        if (_log.Count > 0 && _random.Next(2) == 0) await SettleAsync(_log[^Math.Min(_log.Count, _random.Next(1, 4))]);
        if (_log.Count > 0) await HearAsync(_log[^Math.Min(_log.Count, _random.Next(1, 6))]);
    }

    /// <summary>What becomes of a touch, if it is confirmed.</summary>
    private TouchEvidence[] Story()
    {
        if (!_isConsistent) return [TouchEvidence.Failed, TouchEvidence.Sent, TouchEvidence.Delivered, TouchEvidence.Shown, TouchEvidence.Shown];
        TouchEvidence[][] all =
        [
            [TouchEvidence.Failed], [TouchEvidence.Sent, TouchEvidence.Failed], [TouchEvidence.Sent], [TouchEvidence.Sent, TouchEvidence.Delivered],
            [TouchEvidence.Delivered, TouchEvidence.Shown, TouchEvidence.Shown, TouchEvidence.Shown], [TouchEvidence.Shown, TouchEvidence.Shown], [],
        ];
        return all[_random.Next(all.Length)];
    }

    /// <summary>Tells the next part of a touch's story, or one that was told before.</summary>
    private async Task HearAsync(Touch touch)
    {
        if (touch.Story.Length == 0 || (_isConsistent && !touch.IsConfirmed)) return;
        int part = _isConsistent
            ? _random.Next(Math.Min(touch.Story.Length, touch.Told + 1))
            : _random.Next(touch.Story.Length);
        touch.Told = Math.Max(touch.Told, part + 1);
        // The same event whenever it is told: seconds after the touch, and for some of them two in the same instant.
        long time = touch.At + (part / 2 * 60_000_000L);
        var outcome = new TouchOutcome(Request(touch.Request), touch.Story[part], time, (ulong)((touch.Request * 8) + part));
        int heard = await _bench.Store.HearAsync(Customer, _random.Next(3) == 0 ? [outcome, outcome] : [outcome]);
        if (heard == 0)
            Assert.True(
                touch.IsReleased || !touch.IsConfirmed || touch.KeptUntil <= _now + 60_000_000, $"{touch.Request} was not heard");
        else touch.Hear(outcome.Evidence, time, part);
    }

    private async Task SettleAsync(Touch touch)
    {
        DecisionId id = Plan(touch.Request).Id!.Value;
        if (_random.Next(3) == 0)
        {
            touch.IsReleased |= (await _bench.Store.ReleaseAsync(id)).Outcome == ReleaseOutcome.Released;
            Assert.False(touch.IsReleased && touch.IsConfirmed);
        }
        else
        {
            touch.IsConfirmed |= (await _bench.Store.ConfirmAsync(id)).Outcome == ConfirmOutcome.Confirmed;
            Assert.False(touch.IsReleased && touch.IsConfirmed);
        }
    }

    private void AssertAgrees(Candidate[] ranking, long now, Decision decision)
    {
        var expected = new List<(string Action, string Rule, DateTimeOffset? Free)>();
        string chosen = "";
        foreach (Candidate candidate in ranking)
        {
            int before = expected.Count;
            foreach (CapUse cap in candidate.Caps)
                if (cap.IsEnforced && Count(cap, now) >= cap.Limit)
                    expected.Add((candidate.Action, "C2 " + cap.Key, CapTime.ToTime(FirstFree(cap, now))));
            if (expected.Count > before) continue;
            chosen = candidate.Action;
            break;
        }

        Assert.Equal(chosen, decision.Action);
        Assert.Equal(expected, decision.CapRejections.Select(r => (r.Action, r.Rule, r.EligibleTime)));
    }

    /// <summary>The promise itself, over everything that was sent.</summary>
    private void AssertNoWindowHoldsMore()
    {
        Assert.All(
            Promised(_caps[3]).GroupBy(at => at / _period),
            period => Assert.True(period.Count() <= _caps[3].Limit, $"{_caps[3]} is broken in period {period.Key}"));
        foreach (CapUse cap in _caps.Where(c => c.IsEnforced && c.Period == CapPeriod.None))
        {
            long[] sent = [.. Promised(cap)];
            for (int i = cap.Limit; i < sent.Length; i++)
                Assert.True(sent[i] - sent[i - cap.Limit] >= CapTime.ToMicros(cap.Window), $"{cap} is broken at {sent[i]}");
        }
    }

    /// <summary>
    /// Times of what was sent and counts. Not of impressions, of which an audience sees as many as it likes, nor where a story
    /// contradicts itself: then a place was given back before it was known to be taken.
    /// </summary>
    private IEnumerable<long> Promised(CapUse cap) => cap.Counts == CapUnit.Impression || (!_isConsistent && cap.Counts != CapUnit.Reserved)
        ? []
        : _log.Where(t => t.IsConfirmed && t.Keys.Contains(cap.Key) && t.Holds(cap.Counts)).Select(t => t.At).Order();

    private CapUse WithBounds(CapUse cap)
    {
        long start = CapTime.ToMicros(_clock) / _period * _period;
        return cap.Period == CapPeriod.None
            ? cap
            : cap with { Bounds = new PeriodBounds(start - _period, start, start + _period, start + (2 * _period)) };
    }

    private int Count(CapUse cap, long at) => _log.Sum(t => t.PlacesOf(cap, at).Count(
        place => cap.Period == CapPeriod.None ? place > at - CapTime.ToMicros(cap.Window) : place / _period == at / _period));

    private long FirstFree(CapUse cap, long from) => _log
        .SelectMany(t => t.Impressions.Select(i => i.At).Append(t.At).Select(at => at + CapTime.ToMicros(cap.Window)).Append(t.Expires))
        .Append(((from / _period) + 1) * _period)
        .Where(at => at >= from)
        .Order()
        .First(at => Count(cap, at) < cap.Limit);

    private sealed class Touch(int request, IReadOnlyList<CapUse> caps, long at, long expires, TouchEvidence[] story)
    {
        private TouchEvidence _heard;

        internal int Request => request;

        internal string[] Keys { get; } = caps.Select(c => c.Key).ToArray();

        /// <summary>From then on no outcome can change what counts, but of impressions, which follow for 90 days.</summary>
        internal long KeptUntil { get; } = at + caps.Where(c => c.Counts != CapUnit.Reserved).Select(c => CapTime.ToMicros(
            c.Counts == CapUnit.Impression ? TimeSpan.FromDays(90) : c.Window)).DefaultIfEmpty().Max();

        internal long At => at;

        internal long Expires => expires;

        internal TouchEvidence[] Story => story;

        /// <summary>How many parts of the story were told.</summary>
        internal int Told { get; set; }

        internal HashSet<(long At, int Part)> Impressions { get; } = [];

        internal bool IsConfirmed { get; set; }

        internal bool IsReleased { get; set; }

        internal void Hear(TouchEvidence evidence, long time, int part)
        {
            _heard |= evidence;
            if (evidence == TouchEvidence.Shown) Impressions.Add((time, part));
        }

        internal IEnumerable<long> PlacesOf(CapUse cap, long time)
        {
            if (!Keys.Contains(cap.Key)) yield break;
            if (!IsReleased && (IsConfirmed ? Holds(cap.Counts) : time < expires && !(cap.Counts == CapUnit.Impression && Impressions.Count > 0)))
                yield return at;
            if (cap.Counts != CapUnit.Impression) yield break;
            foreach ((long shown, _) in Impressions) yield return shown;
        }

        internal bool Holds(CapUnit unit) => unit switch
        {
            CapUnit.Reserved => true,
            CapUnit.Impression => Impressions.Count == 0 && (_heard & TouchEvidence.Failed) == 0,
            CapUnit.Delivered => (_heard & (TouchEvidence.Failed | TouchEvidence.Delivered | TouchEvidence.Shown)) != TouchEvidence.Failed,
            _ => _heard != TouchEvidence.Failed,
        };
    }
}
