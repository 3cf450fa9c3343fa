using Google.Protobuf.WellKnownTypes;
using WinBack.Adapters.InMemory;
using WinBack.Cli.Replay;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Features;
using WinBack.Core.Policy;
using WinBack.Core.State;

namespace WinBack.Cli.Simulate;

/// <summary>
/// Runs a playbook over the last days of an event file: the pipelines that serve, stores in memory, a clock of its own.
/// Once a day every customer is decided on; what is decided is confirmed at once and sent; customers answer as
/// <see cref="SimulatedResponse"/> says, by events that are folded like those of the file.
/// </summary>
internal sealed class Simulation
{
    private readonly EventReplay _replay = new(new FoldOptions());
    private readonly StateCodec _codec = new();
    private readonly Dictionary<string, byte[]> _blobs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _touches = new(StringComparer.Ordinal);
    private readonly FeatureContext _features = new();
    private readonly DecisionPipeline _pipeline = new(FeatureSchema.Default.Hash, partitionCount: 1);
    private readonly SimulationClock _clock = new();
    private readonly InMemoryDecisionStore _store;
    private readonly PlaybookModel _playbook;
    private readonly Scorer _scorer;
    private readonly string _seed;
    private long _events;

    internal Simulation(PlaybookModel playbook, Scorer scorer, string seed)
    {
        (_playbook, _scorer, _seed) = (playbook, scorer, seed);
        _store = new InMemoryDecisionStore(BlobOf, _clock);
    }

    /// <param name="events">In the order of time.</param>
    /// <param name="start">UTC: the first decisions are made then; what happened before is folded first.</param>
    internal async Task<SimulationTally> RunAsync(
        IEnumerable<V1.CustomerEvent> events, DateTimeOffset start, int days, Action<double, string> report, CancellationToken stop)
    {
        var tally = new SimulationTally(_playbook.Version, _playbook.Currency, days);
        using IEnumerator<V1.CustomerEvent> stream = events.GetEnumerator();
        bool hasMore = stream.MoveNext();
        for (int day = 0; day < days; day++)
        {
            stop.ThrowIfCancellationRequested();
            _clock.Now = start.AddDays(day);
            for (; hasMore && stream.Current.EventTime.ToDateTimeOffset() <= _clock.Now; hasMore = stream.MoveNext()) Fold(stream.Current);
            foreach (string customer in _replay.States.Keys.Order(StringComparer.Ordinal).ToArray())
                await DecideAsync(new CustomerId(customer), day, day == days - 1, tally, stop);
            report((double)(day + 1) / days, $"day {day + 1}");
        }

        return tally;
    }

    private async Task DecideAsync(CustomerId customer, int day, bool isLastDay, SimulationTally tally, CancellationToken stop)
    {
        CustomerSnapshot snapshot = await _store.ReadAsync(customer, stop);
        if (snapshot.State is not { IsErased: false } state) return;
        _features.Load(state, _clock.Now);
        float[] values = new float[FeatureSchema.Default.Count];
        FeatureSchema.Default.Write(_features, values);
        DecisionPlan plan = _pipeline.Plan(
            new DecisionRequest(customer, RequestOf(customer, day), []), snapshot, values, _scorer.Score(values), _playbook, _clock.Now);
        Decision decision = (await _store.ReserveAsync(plan, stop)).Decision!;
        tally.Decided(decision, isLastDay);
        if (decision.Kind != DecisionKind.Action) return;
        if ((await _store.ConfirmAsync(decision.Id!.Value, stop)).Outcome != ConfirmOutcome.Confirmed) return;
        int step = _touches[customer.Value] = _touches.GetValueOrDefault(customer.Value) + 1;
        tally.Sent(decision, day, step);
        Respond(customer, decision, tally);
    }

    private void Respond(CustomerId customer, Decision decision, SimulationTally tally)
    {
        ActionModel action = _playbook.Actions.First(a => a.Name == decision.Action);
        SimulatedResponse response = SimulatedResponse.Of(
            _seed, customer, _clock.Now, decision.Plan.Scores.WinBack, action.ResponseOddsRatio, action.UnsubscribeProbability);
        Outcome(customer, decision, V1.OutcomeEvent.Types.Kind.Sent);
        if (response.Unsubscribes)
        {
            tally.Unsubscribes++;
            Outcome(customer, decision, V1.OutcomeEvent.Types.Kind.Unsubscribed);
        }

        if (!response.Returns) return;
        tally.Returns++;
        Outcome(customer, decision, V1.OutcomeEvent.Types.Kind.Converted);
        Fold(Event(customer, e => e.Lifecycle = new V1.LifecycleEvent { Kind = V1.LifecycleEvent.Types.Kind.Reactivated }));
    }

    private void Outcome(CustomerId customer, Decision decision, V1.OutcomeEvent.Types.Kind kind) => Fold(Event(customer, e =>
        e.Outcome = new V1.OutcomeEvent { DecisionId = decision.Id.ToString(), Kind = kind, Channel = (V1.Channel)decision.Channel }));

    private V1.CustomerEvent Event(CustomerId customer, Action<V1.CustomerEvent> fill)
    {
        var e = new V1.CustomerEvent { EventId = $"simulated-{_events++}", CustomerId = customer.Value, EventTime = _clock.Now.ToTimestamp() };
        fill(e);
        return e;
    }

    private void Fold(V1.CustomerEvent e)
    {
        _replay.Apply(e);
        _blobs.Remove(e.CustomerId);
    }

    private byte[]? BlobOf(CustomerId customer)
    {
        if (_blobs.TryGetValue(customer.Value, out byte[]? blob)) return blob;
        if (!_replay.States.TryGetValue(customer.Value, out CustomerState? state)) return null;
        return _blobs[customer.Value] = _codec.Encode(state).ToArray();
    }

    /// <summary>Stable, so that experiments and exploration come out the same in every run.</summary>
    private Guid RequestOf(CustomerId customer, int day)
    {
        ulong hash = new EventId($"{_seed}/{customer}/{day}").Hash;
        return new Guid(day, 0, 0x4000, BitConverter.GetBytes(hash));
    }
}
