using System.Text;
using Confluent.Kafka;
using WinBack.Adapters.Redis;
using WinBack.Adapters.Wire;
using WinBack.Core.Models;

namespace WinBack.Adapters.Kafka;

/// <summary>
/// Keeps predictions of published decisions, and looks for activity of their customers among the events that are folded.
/// Which customers these are is held in memory, so that an event of anybody else costs a hash and no call: only the owner of
/// the partition keeps predictions, and it reads at its take-over what its predecessors have kept.
/// </summary>
/// <param name="perDay">Predictions kept of one day; of more customers those with the lowest keys, which is a fair draw.</param>
internal sealed class PredictionWatch(PredictionStore store, CalibrationOptions options, int perDay, TimeProvider time)
{
    /// <summary>What leaves the outbox later is not kept: activity since then could no longer be told from the state.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromDays(1);

    private readonly Dictionary<ulong, List<WatchedPrediction>> _customers = [];
    private readonly SortedDictionary<DateOnly, SortedSet<ulong>> _days = [];
    private readonly List<ActivityMark> _marks = [];

    /// <summary>A draining of the outbox that took too long is left behind and may still run when events are folded.</summary>
    private readonly Lock _gate = new();

    private DateOnly Today => SampleDays.Of(time.GetUtcNow());

    /// <summary>Told where the topics end; see <see cref="VouchAsync"/>.</summary>
    internal FoldedUntil FoldedUntil { get; } = new();

    internal bool IsEmpty => _customers.Count == 0;

    internal bool HasMarks => _marks.Count > 0;

    /// <summary>To be called after every take-over: from then on nobody else keeps predictions of this partition.</summary>
    internal async Task<bool> LoadAsync()
    {
        IReadOnlyList<PredictionSample> kept = await store.ReadAsync(Today).ConfigureAwait(false);
        lock (_gate)
        {
            _customers.Clear();
            _days.Clear();
            foreach (PredictionSample sample in kept) Watch(sample);
        }

        FoldedUntil.Clear();

        return true;
    }

    /// <summary>Keeps what was predicted of a decision's customer, if this is the customer's day.</summary>
    internal async Task TakeAsync(Message<byte[], byte[]> decision, PartitionWatermark held)
    {
        string customer = Encoding.UTF8.GetString(decision.Key);
        ulong key = SampleDays.KeyOf(customer);
        if (!MayBeDayOf(key) || PredictionWire.Of(key, decision.Value) is not { } sample) return;
        DateOnly day = SampleDays.Of(sample.Time);
        if (!SampleDays.IsDayOf(key, day, options.WindowDays) || time.GetUtcNow() - sample.Time > MaxAge) return;
        if (!HasRoom(day, key, out ulong? evicted)) return;
        if (await store.AddAsync(held, sample, evicted).ConfigureAwait(false) is not { } stands) return;
        lock (_gate)
        {
            if (evicted is { } gone) Drop(gone, day);
            Watch(stands);
        }

        // What is folded from here on finds the customer watched; what was folded since the decision, the state tells.
        if (await store.ReadLastActivityAsync(customer).ConfigureAwait(false) is { } activity) Note(key, activity);
        await WriteMarksAsync().ConfigureAwait(false);
    }

    /// <summary>An event of activity was folded.</summary>
    internal void Note(string customer, DateTimeOffset eventTime) => Note(SampleDays.KeyOf(customer), eventTime.ToUnixTimeMilliseconds());

    /// <summary>Before the watermark passes the events. What is not written now is tried again with the next events.</summary>
    /// <returns>How many marks told something new.</returns>
    internal async Task<int> WriteMarksAsync()
    {
        ActivityMark[] marks;
        lock (_gate) marks = [.. _marks];
        if (marks.Length == 0) return 0;
        int told = await store.MarkAsync(marks).ConfigureAwait(false);
        lock (_gate) _marks.RemoveAll(mark => Array.IndexOf(marks, mark) >= 0);
        return told;
    }

    /// <summary>Whoever asks to be forgotten leaves no prediction.</summary>
    internal async Task<bool> ForgetAsync(string customer)
    {
        ulong key = SampleDays.KeyOf(customer);
        lock (_gate)
        {
            if (_customers.TryGetValue(key, out List<WatchedPrediction>? kept))
                foreach (DateOnly day in kept.Select(k => k.Day).ToArray()) Drop(key, day);
        }

        await store.ForgetAsync(key, Today).ConfigureAwait(false);
        return true;
    }

    /// <summary>Notes until when everything is folded, if that is known: labels are told from it.</summary>
    /// <returns>False when it is not known, or the partition stands at another watermark.</returns>
    internal async Task<bool> VouchAsync(PartitionWatermark held)
    {
        if (FoldedUntil.Of(held) is not { } until) return false;
        // A draining of the outbox that broke off may have left some.
        await WriteMarksAsync().ConfigureAwait(false);
        ForgetOldDays();
        return await store.VouchAsync(held, until).ConfigureAwait(false);
    }

    private bool MayBeDayOf(ulong key) =>
        SampleDays.IsDayOf(key, Today, options.WindowDays) || SampleDays.IsDayOf(key, Today.AddDays(-1), options.WindowDays);

    private bool HasRoom(DateOnly day, ulong key, out ulong? evicted)
    {
        evicted = null;
        lock (_gate)
        {
            if (!_days.TryGetValue(day, out SortedSet<ulong>? keys) || keys.Count < perDay || keys.Contains(key)) return true;
            evicted = keys.Max;
            return key < keys.Max;
        }
    }

    private void Watch(PredictionSample sample)
    {
        DateOnly day = SampleDays.Of(sample.Time);
        if (!_days.TryGetValue(day, out SortedSet<ulong>? keys)) _days.Add(day, keys = []);
        if (!keys.Add(sample.Customer)) return;
        if (!_customers.TryGetValue(sample.Customer, out List<WatchedPrediction>? kept)) _customers.Add(sample.Customer, kept = []);
        kept.Add(new WatchedPrediction(day, sample.Time.ToUnixTimeMilliseconds(), sample.FirstActivity?.ToUnixTimeMilliseconds() ?? long.MaxValue));
    }

    private void Note(ulong key, long timeMs)
    {
        lock (_gate)
        {
            if (!_customers.TryGetValue(key, out List<WatchedPrediction>? kept)) return;
            for (int i = 0; i < kept.Count; i++)
            {
                if (timeMs < kept[i].TimeMs || timeMs >= kept[i].FirstActivityMs) continue;
                kept[i] = kept[i] with { FirstActivityMs = timeMs };
                _marks.Add(new ActivityMark(key, kept[i].Day, timeMs));
            }
        }
    }

    private void Drop(ulong key, DateOnly day)
    {
        if (_days.TryGetValue(day, out SortedSet<ulong>? keys)) keys.Remove(key);
        if (!_customers.TryGetValue(key, out List<WatchedPrediction>? kept)) return;
        kept.RemoveAll(k => k.Day == day);
        if (kept.Count == 0) _customers.Remove(key);
    }

    private void ForgetOldDays()
    {
        DateOnly first = Today.AddDays(-store.KeptDays);
        lock (_gate)
        {
            foreach (DateOnly day in _days.Keys.TakeWhile(day => day < first).ToArray())
            {
                foreach (ulong key in _days[day].ToArray()) Drop(key, day);
                _days.Remove(day);
            }
        }
    }
}
