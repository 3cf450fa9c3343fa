using WinBack.Adapters.InMemory;
using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Capacities;
using WinBack.Tests.Policy;

namespace WinBack.Tests.Decisions.Promises;

/// <summary>
/// Customers who share scarce units, on the store in memory and a clock that goes on by itself. Whenever somebody gets nothing, and
/// the others keep still, the clock goes on to the instant that was promised: nothing before it, and something at it.
/// </summary>
internal sealed class PromisedLife
{
    private static readonly DecisionPipeline Pipeline = new("schema", 4);
    private static readonly TimeSpan Microsecond = TimeSpan.FromMicroseconds(1);
    private readonly Random _random;
    private readonly PlaybookModel _playbook;
    private readonly CustomerHistory[] _customers;
    private readonly Scores _scores;
    private readonly InMemoryDecisionStore _store;
    private readonly Clock _clock = new() { Time = CustomerHistory.Now };
    private readonly List<Decision> _acted = [];
    private readonly string _where;
    private int _requests;

    internal PromisedLife(Random random, PlaybookModel playbook, string where)
    {
        (_random, _playbook, _where) = (random, playbook, where);
        _scores = new Scores(random.NextDouble(), random.NextDouble(), []);
        _customers = [Customer(), Customer(), Customer()];
        _store = new InMemoryDecisionStore(id => _customers[id.Value[1] - '0'].Blob, _clock);
    }

    internal int Kept { get; private set; }

    internal int Never { get; private set; }

    /// <summary>What turned the candidates down whose promises were kept: which rules were tried.</summary>
    internal HashSet<string> Rules { get; } = [];

    internal async Task RunAsync(int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            _clock.Time += TimeSpan.FromMicroseconds(_random.NextInt64((long)TimeSpan.FromDays(_random.Next(5) == 0 ? 20 : 2).TotalMicroseconds));
            int customer = _random.Next(_customers.Length);
            if (_random.Next(6) == 0) Happen(_customers[customer]);
            if (_acted.Count > 0 && _random.Next(3) == 0) await HearAsync(_acted[^1]);
            Decision decision = await AskAsync(customer);
            if (decision.Kind == DecisionKind.NoAction && _random.Next(2) == 0)
            {
                if (decision.NextEligibleTime is not { } next)
                {
                    await CheckNeverAsync(customer);
                    return;
                }

                decision = await CheckAsync(customer, decision, next);
            }

            if (decision.Kind == DecisionKind.Action) await SettleAsync(decision);
        }
    }

    private async Task<Decision> CheckAsync(int customer, Decision asked, DateTimeOffset next)
    {
        DateTimeOffset now = _clock.Time;
        Assert.True(next > now, $"{_where}: at {now:O} nothing, and promised {next:O}");
        foreach (double share in new[] { _random.NextDouble(), _random.NextDouble(), _random.NextDouble() }.Order())
            await AssertNothingAsync(customer, now + TimeSpan.FromMicroseconds((long)((next - now).TotalMicroseconds * share)), asked);
        await AssertNothingAsync(customer, next - Microsecond, asked);
        _clock.Time = next;
        Decision then = await AskAsync(customer);
        Assert.True(then.Kind == DecisionKind.Action, $"{_where}: asked at {now:O}, nothing at {next:O}\n{Text(asked)}\n then\n{Text(then)}");
        Kept++;
        foreach (Rejection rejection in asked.Plan.Rejections.Concat(asked.CapRejections))
            if (rejection.EligibleTime == next) Rules.Add($"{rejection.Stage} {rejection.Rule.Split(' ', '/')[0]}");
        return then;
    }

    private async Task AssertNothingAsync(int customer, DateTimeOffset time, Decision asked)
    {
        if (time < _clock.Time || time == asked.NextEligibleTime) return;
        _clock.Time = time;
        Decision between = await AskAsync(customer);
        Assert.True(
            between.Kind == DecisionKind.NoAction,
            $"{_where}: asked at {asked.CapClockTime:O}, promised {asked.NextEligibleTime:O}, {between.Action} at {time:O}\n{Text(asked)}");
    }

    private async Task CheckNeverAsync(int customer)
    {
        Never++;
        Decision asked = await AskAsync(customer);
        for (int i = 0; i < 8; i++)
            await AssertNothingAsync(customer, _clock.Time + TimeSpan.FromMicroseconds(_random.NextInt64(60L * 86_400 * 1_000_000)), asked);
    }

    private async Task<Decision> AskAsync(int customer)
    {
        var id = new CustomerId($"c{customer}");
        CustomerSnapshot found = await _store.ReadAsync(id);
        DecisionPlan plan = Pipeline.Plan(
            new DecisionRequest(id, new Guid(++_requests, 0, 0, new byte[8]), []), found, [0, 0, 0], _scores, _playbook, _clock.Time,
            quotes: found.State is { } state ? [.. CapacityRules.Of(_playbook, state, _clock.Time).Select(_store.QuoteOf)] : []);
        return (await _store.ReserveAsync(plan)).Decision!;
    }

    private async Task SettleAsync(Decision decision)
    {
        switch (_random.Next(5))
        {
            case 0: break;
            case 1: await _store.ReleaseAsync(decision.Id!.Value); break;
            default:
                await _store.ConfirmAsync(decision.Id!.Value);
                _acted.Add(decision);
                break;
        }
    }

    private Task HearAsync(Decision decision) => _store.HearAsync(decision.Customer, [new TouchOutcome(
        decision.Id!.Value.Request,
        _random.GetItems([TouchEvidence.Failed, TouchEvidence.Sent, TouchEvidence.Delivered, TouchEvidence.Shown], 1)[0],
        CapTime.ToMicros(_clock.Time), (ulong)++_requests)]);

    private CustomerHistory Customer()
    {
        double last = _random.NextDouble() * 150;
        CustomerHistory customer = new CustomerHistory().Bought(last + 10).Bought(last);
        if (_random.Next(3) == 0) customer.Lifecycle(LifecycleKind.Cancelled, last * _random.NextDouble(), LapseReason.Price);
        if (_random.Next(2) == 0) customer.Profile(timeZone: _random.GetItems(["Europe/London", "America/New_York", "Asia/Kathmandu"], 1)[0]);
        return customer;
    }

    private void Happen(CustomerHistory customer)
    {
        double daysAgo = -(_clock.Time - CustomerHistory.Now).TotalDays;
        switch (_random.Next(4))
        {
            case 0: customer.LoggedIn(daysAgo); break;
            case 1: customer.Bought(daysAgo); break;
            case 2: customer.Viewed(daysAgo); break;
            default: customer.Lifecycle(LifecycleKind.Cancelled, daysAgo, LapseReason.Price); break;
        }
    }

    private static string Text(Decision decision) => string.Join('\n', decision.Plan.Rejections.Concat(decision.CapRejections).Select(
        r => $"  {r.Action} {r.Stage} {r.Rule}: {r.Observed}, not {r.Threshold}; passes {r.EligibleTime:O}"));

    private sealed class Clock : TimeProvider
    {
        internal DateTimeOffset Time { get; set; }

        public override DateTimeOffset GetUtcNow() => Time;
    }
}
