using WinBack.Adapters;
using WinBack.Adapters.Wire;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Policy;
using WinBack.Core.State;

namespace WinBack.Testing.Checker;

/// <summary>
/// Runs the engine through random events, decisions, confirmations, releases, outcomes, clock moves and playbook swaps, and
/// writes the log that <see cref="RuleChecker"/> reads. The store, and how it is told of states and of the time, are the
/// caller's.
/// </summary>
/// <param name="setState">Puts a customer's state where the store reads it.</param>
/// <param name="setClock">From now on the store's clock stands, or runs, from here.</param>
public sealed class RandomProgramme(
    int seed, IDecisionStore store, Func<CustomerId, byte[], Task> setState, Action<DateTimeOffset> setClock)
{
    private const int Customers = 3, Partitions = 4;
    private static readonly string[] Zones = ["Europe/London", "America/New_York", "Asia/Kathmandu", "Pacific/Auckland", "no zone"];
    private readonly Random _random = new(seed);
    private readonly EventPipeline _events = new(new FoldOptions());
    private readonly DecisionPipeline _decisions = new("schema", Partitions);
    private readonly Dictionary<CustomerId, CustomerState> _states = [];
    private readonly List<Decision> _acted = [];
    private readonly Dictionary<DecisionId, List<OutcomeKind>> _stories = [];
    private DateTimeOffset _clock = new(2026, 3, 20, 12, 0, 0, TimeSpan.Zero);
    private Programme? _programme;
    private PlaybookModel? _playbook;
    private int _number;

    /// <summary>Reads the log line by line as it is written.</summary>
    public RuleChecker? Checker { get; private set; }

    public async Task RunAsync(int steps)
    {
        _programme = Programme.Random(_random);
        (_playbook, Checker) = (_programme.First, new RuleChecker(_programme.Facts));
        setClock(_clock);
        for (int c = 0; c < Customers; c++)
        {
            await HappenAsync(Customer(c), new BillingPayload(BillingKind.Purchase, 100_000_000, 1, "", "", "", null), _clock.AddDays(-100));
            await HappenAsync(Customer(c), new LifecyclePayload(LifecycleKind.Cancelled, LapseReason.Price, ""), _clock.AddDays(-99));
        }

        for (int step = 0; step < steps; step++) await StepAsync();
    }

    private Task StepAsync()
    {
        MoveClock();
        CustomerId customer = Customer(_random.Next(Customers));
        switch (_random.Next(20))
        {
            case < 8: return DecideAsync(customer);
            case < 13: return SettleAsync();
            case < 17: return HearAsync();
            case 17:
                _playbook = _random.Next(2) == 0 ? _programme!.First : _programme!.Second;
                return Task.CompletedTask;
            default: return HappenAsync(customer, Something(), _clock.AddMinutes(-_random.Next(2) * _random.Next(600)));
        }
    }

    /// <summary>Mostly on by minutes, now and then by days, and sometimes back.</summary>
    private void MoveClock()
    {
        _clock += _random.Next(12) switch
        {
            0 => TimeSpan.FromDays(_random.Next(1, 20)),
            1 => -TimeSpan.FromSeconds(_random.Next(1, 200)),
            < 5 => TimeSpan.FromHours(_random.Next(1, 30)),
            _ => TimeSpan.FromSeconds(_random.Next(1, 3_000)),
        };
        setClock(_clock);
    }

    private async Task DecideAsync(CustomerId customer)
    {
        var request = new DecisionRequest(customer, new Guid(seed, (short)(++_number >> 15), (short)(_number & 0x7fff), new byte[8]), []);
        DecisionPlan plan = _decisions.Plan(
            request, await store.ReadAsync(customer), [50, 4, 0], new Scores(0.8, 0.2, []), _playbook!, _clock);
        Decision decision = (await store.ReserveAsync(plan)).Decision!;
        // A retry says the same again, and takes no place more.
        if (_random.Next(4) == 0) decision = (await store.ReserveAsync(plan)).Decision!;
        Checker!.Read(new LogEntry.Decided(_clock, V1.Decision.Parser.ParseFrom(DecisionWire.Write(decision))));
        if (decision.Chosen is null) return;
        _acted.Add(decision);
        _stories[decision.Id!.Value] = Story();
    }

    private List<OutcomeKind> Story() => _random.Next(6) switch
    {
        0 => [OutcomeKind.Failed],
        1 => [OutcomeKind.Sent, OutcomeKind.Failed],
        2 => [OutcomeKind.Sent, OutcomeKind.Delivered, OutcomeKind.Opened, OutcomeKind.Unsubscribed],
        3 => [OutcomeKind.Impression, OutcomeKind.Impression, OutcomeKind.Impression],
        _ => [OutcomeKind.Sent, OutcomeKind.Delivered],
    };

    private async Task SettleAsync()
    {
        if (_acted.Count == 0) return;
        DecisionId id = _acted[^_random.Next(1, Math.Min(_acted.Count, 4) + 1)].Id!.Value;
        if (_random.Next(5) == 0)
        {
            if ((await store.ReleaseAsync(id)).Outcome == ReleaseOutcome.Released) Checker!.Read(new LogEntry.Released(_clock, id.ToString()));
        }
        else if ((await store.ConfirmAsync(id)).Outcome == ConfirmOutcome.Confirmed)
        {
            Checker!.Read(new LogEntry.Confirmed(_clock, id.ToString()));
        }
    }

    /// <summary>The next part of what becomes of a touch that was confirmed, and perhaps again, as after a crash.</summary>
    private async Task HearAsync()
    {
        if (_acted.Count == 0) return;
        Decision decision = _acted[^_random.Next(1, Math.Min(_acted.Count, 6) + 1)];
        List<OutcomeKind> story = _stories[decision.Id!.Value];
        if (story.Count == 0 || (await store.GetAsync(decision.Id.Value))?.Status != DecisionStatus.Confirmed) return;
        CustomerEvent e = await HappenAsync(
            decision.Customer, new OutcomePayload(decision.Id.Value.ToString(), story[0], decision.Channel, 0), _clock);
        if (OutcomeTouches.Of(e) is { } outcome)
            for (int again = _random.Next(2); again >= 0; again--) await store.HearAsync(decision.Customer, [outcome]);
        story.RemoveAt(0);
    }

    private EventPayload Something() => _random.Next(15) switch
    {
        0 or 1 => new ConsentPayload(AnyChannel(), ConsentKind.Withdrawn),
        2 or 3 or 4 => new ConsentPayload(AnyChannel(), ConsentKind.Granted),
        5 => new ConsentPayload(AnyChannel(), ConsentKind.Complaint),
        6 => new ConsentPayload(AnyChannel(), ConsentKind.AddressBounced),
        7 => new ConsentPayload(AnyChannel(), ConsentKind.AddressReachable),
        8 => new LoginPayload(""),
        9 => new BillingPayload(BillingKind.Purchase, 10_000_000, 1, "", "", "", null),
        10 or 11 => new LifecyclePayload(LifecycleKind.Cancelled, LapseReason.Price, ""),
        12 => _random.Next(10) == 0 ? new LifecyclePayload(LifecycleKind.Erased, LapseReason.None, "") : new LoginPayload(""),
        13 => new ProfilePayload(null, null, _random.GetItems([ValueTier.Low, ValueTier.Mid, ValueTier.High], 1)[0], null, null),
        _ => new ProfilePayload(Zones[_random.Next(Zones.Length)], null, ValueTier.None, null, null),
    };

    private Channel AnyChannel() => _random.GetItems([Channel.Email, Channel.Print, Channel.Advertisement, Channel.Push], 1)[0];

    /// <summary>Folds an event as the worker does, and writes it down.</summary>
    private async Task<CustomerEvent> HappenAsync(CustomerId customer, EventPayload payload, DateTimeOffset time)
    {
        time = DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
        var e = new CustomerEvent(new EventId($"e{++_number}"), customer, time, "", payload);
        if (!_states.TryGetValue(customer, out CustomerState? state)) _states.Add(customer, state = new CustomerState());
        FoldOutcome outcome = _events.Fold(new EventRecord(EventStream.Engagement, 0, _number, time, e), state);
        if (outcome is not (FoldOutcome.Folded or FoldOutcome.Late)) return e;
        await setState(customer, new StateCodec().Encode(state).ToArray());
        Checker!.Read(new LogEntry.Happened(_clock, e));
        return e;
    }

    private CustomerId Customer(int number) => new($"c{seed}-{number}");
}
