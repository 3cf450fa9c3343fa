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
/// Runs a playbook over the last days of an event file: the pipelines that serve, stores in memory, a clock of its own that
/// goes from one event or decision to the next:
/// <list type="number">
/// <item>what happened before the first day is folded, and everybody is asked about;</item>
/// <item>the earlier one of the next event and the next decision comes, an event first;</item>
/// <item>what is decided is confirmed at once and sent;</item>
/// <item>the customer answers as <see cref="SimulatedResponse"/> says, by events that are folded like those of the file.</item>
/// </list>
/// </summary>
internal sealed class Simulation
{
    /// <summary>How often the progress is told.</summary>
    private const int ReportEvery = 1_000;

    private readonly EventReplay _replay = new(new FoldOptions());
    private readonly StateCodec _codec = new();
    private readonly Dictionary<string, byte[]> _blobs = new(StringComparer.Ordinal);
    private readonly FeatureContext _features = new();
    private readonly DecisionPipeline _pipeline = new(FeatureSchema.Default.Hash, partitionCount: 1);
    private readonly SimulationClock _clock = new();
    private readonly SimulatedDemand _demand = new();
    private readonly InMemoryDecisionStore _store;
    private readonly SimulationSetting _setting;
    private readonly PlaybookModel _playbook;
    private readonly AskTimes _asks;
    private readonly SimulationTally _tally;
    private long _events;
    private int _requests;

    internal Simulation(PlaybookModel playbook, SimulationSetting setting)
    {
        (_playbook, _setting) = (playbook, setting);
        _store = new InMemoryDecisionStore(BlobOf, _clock);
        _asks = new AskTimes(setting.Longest);
        _tally = new SimulationTally(playbook, setting.Start, setting.Days);
    }

    /// <param name="events">In the order of time.</param>
    internal async Task<SimulationTally> RunAsync(IEnumerable<V1.CustomerEvent> events, Action<double, string> report, CancellationToken stop)
    {
        using IEnumerator<V1.CustomerEvent> stream = events.GetEnumerator();

        // Step 1
        bool hasMore = stream.MoveNext();
        for (; hasMore && stream.Current.EventTime?.ToDateTimeOffset() is var time && !(time > _setting.Start); hasMore = stream.MoveNext())
            Fold(stream.Current);
        foreach (string customer in _replay.States.Keys) _asks.Changed(customer, _setting.Start);

        // Step 2
        while (true)
        {
            DateTimeOffset? ask = _asks.Next, happens = hasMore ? stream.Current.EventTime?.ToDateTimeOffset() ?? _clock.Now : null;
            bool isEvent = happens is not null && !(ask < happens);
            if ((isEvent ? happens : ask) is not { } now || now >= _setting.End) return _tally;
            _clock.Now = now;
            if (isEvent)
            {
                Fold(stream.Current);
                hasMore = stream.MoveNext();
                continue;
            }

            await DecideAsync(new CustomerId(_asks.Take()), stop);
            if (_requests % ReportEvery != 0) continue;
            stop.ThrowIfCancellationRequested();
            report((now - _setting.Start) / (_setting.End - _setting.Start), $"day {_setting.DayOf(now) + 1}");
        }
    }

    private async Task DecideAsync(CustomerId customer, CancellationToken stop)
    {
        CustomerSnapshot snapshot = await _store.ReadAsync(customer, stop);
        if (snapshot.State is not { IsErased: false } state) return;
        _features.Load(state, _clock.Now);
        float[] values = new float[FeatureSchema.Default.Count];
        FeatureSchema.Default.Write(_features, values);
        DecisionPlan plan = _pipeline.Plan(
            new DecisionRequest(customer, RequestOf(customer), []), snapshot, values, _setting.Scorer.Score(values), _playbook, _clock.Now,
            quotes: _demand.Quotes(_playbook, state, _clock.Now, _store), updates: _setting.Updates);
        _demand.Count(plan);
        Decision decision = await ReserveAsync(plan, snapshot, stop);
        _tally.Decided(decision);
        _asks.Answered(customer.Value, _clock.Now, decision.NextEligibleTime);
        if (decision.Kind != DecisionKind.Action) return;

        // Step 3
        if ((await _store.ConfirmAsync(decision.Id!.Value, stop)).Outcome != ConfirmOutcome.Confirmed) return;
        _tally.Sent(decision);

        // Step 4
        Respond(customer, decision);
    }

    /// <summary>An answer that takes no place is not stored: there are a hundred of them to a touch.</summary>
    private async Task<Decision> ReserveAsync(DecisionPlan plan, CustomerSnapshot snapshot, CancellationToken stop)
    {
        Decision asked = DecisionPipeline.Conclude(plan, DecisionPipeline.Preview(plan, snapshot, _clock.Now));
        return asked.Kind == DecisionKind.NoAction ? asked : (await _store.ReserveAsync(plan, stop)).Decision!;
    }

    private void Respond(CustomerId customer, Decision decision)
    {
        ActionModel action = _playbook.Actions.First(a => a.Name == decision.Action);
        SimulatedResponse response = SimulatedResponse.Of(
            _setting.Seed, customer, _clock.Now, decision.Plan.Scores.WinBack, action.ResponseOddsRatio, action.UnsubscribeProbability);
        Outcome(customer, decision, V1.OutcomeEvent.Types.Kind.Sent);
        if (response.Unsubscribes)
        {
            _tally.Unsubscribes++;
            Outcome(customer, decision, V1.OutcomeEvent.Types.Kind.Unsubscribed);
        }

        if (!response.Returns) return;
        _tally.Returns++;
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
        if (_clock.Now >= _setting.Start && _replay.States.ContainsKey(e.CustomerId)) _asks.Changed(e.CustomerId, _clock.Now);
    }

    private byte[]? BlobOf(CustomerId customer)
    {
        if (_blobs.TryGetValue(customer.Value, out byte[]? blob)) return blob;
        if (!_replay.States.TryGetValue(customer.Value, out CustomerState? state)) return null;
        return _blobs[customer.Value] = _codec.Encode(state).ToArray();
    }

    /// <summary>Stable, so that experiments and exploration come out the same in every run.</summary>
    private Guid RequestOf(CustomerId customer)
    {
        ulong hash = new EventId($"{_setting.Seed}/{customer}/{_clock.Now.UtcTicks}").Hash;
        return new Guid(_requests++, 0, 0x4000, BitConverter.GetBytes(hash));
    }
}
