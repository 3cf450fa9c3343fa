using System.Diagnostics;
using System.Globalization;
using StackExchange.Redis;
using WinBack.Adapters.Tracing;
using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Policy;
using WinBack.Core.State;

namespace WinBack.Adapters.Redis;

/// <summary>
/// The decision store in Redis. Whatever changes is changed by one script on keys of one slot; its clock is the server's.
/// </summary>
/// <param name="partitionCount">Of the topics.</param>
public sealed class DecisionStore(IDatabase redis, RedisOptions options, int partitionCount) : IDecisionStore
{
    private const int MaxConfirmAttempts = 8;
    private const int MaxReserveAttempts = 3;

    private readonly PartitionKeys[] _keys = Enumerable.Range(0, partitionCount).Select(p => new PartitionKeys(p)).ToArray();
    private readonly ReservationCalls[] _calls = CallsOf(redis, options, partitionCount, DecisionScripts.Default);

    /// <summary>Tests put scripts without one of their guards here, to see that they then fail.</summary>
    internal DecisionScripts Scripts
    {
        get;
        init => _calls = CallsOf(redis, options, partitionCount, field = value);
    } = DecisionScripts.Default;

    /// <summary>Units of scarce capacities: this process has one of it, so that every unit is handed out once.</summary>
    public CapacityTokens Capacities { get; init; } = new(redis, options, partitionCount, TimeProvider.System);

    /// <summary>Tests change the state here, where the script's comparison has to notice.</summary>
    internal Func<Task> BetweenFenceAndConfirm { get; set; } = () => Task.CompletedTask;

    public async Task<CustomerSnapshot> ReadAsync(CustomerId customer, CancellationToken cancellationToken = default)
    {
        PartitionKeys keys = KeysOf(customer);
        using Activity? span = Spans.StartCommands("MGET HGETALL", count: 2);
        SnapshotSource source = await SnapshotSources.ReadAsync(
            redis, keys, customer, options.CommandTimeout, cancellationToken).ConfigureAwait(false);
        return CustomerSnapshot.Of(source, CapsHash.Read(source.Caps));
    }

    public async Task<ReserveReply> ReserveAsync(DecisionPlan plan, CancellationToken cancellationToken = default)
    {
        DecisionId id = plan.Id ?? throw new ArgumentException("a preview is not reserved", nameof(plan));
        if (ExpectedReservation.Of(plan, _keys[id.Partition]) is { } expected
            && await _calls[id.Partition].SendAsync(expected, cancellationToken).ConfigureAwait(false) is { } clock)
            return new ReserveReply(ReserveOutcome.Decided, expected.At(clock));
        for (int attempt = 0; attempt < MaxReserveAttempts; attempt++)
            if (await TryReserveAsync(plan, id, cancellationToken).ConfigureAwait(false) is { } reply) return reply;
        throw new StoreUnavailableException($"leases of a scarce capacity kept expiring, {MaxReserveAttempts} times; try again");
    }

    /// <returns>Null when a lease expired on the way: nothing was done.</returns>
    private async Task<ReserveReply?> TryReserveAsync(DecisionPlan plan, DecisionId id, CancellationToken cancellationToken)
    {
        PartitionKeys keys = _keys[id.Partition];
        CapacityHold hold = await CapacityHold.TakeAsync(plan, Capacities, cancellationToken).ConfigureAwait(false);
        List<RedisKey> names =
        [
            keys.Caps(plan.Customer.Value), keys.Decision(RequestOf(id)), keys.Outbox, keys.Index(plan.Customer.Value),
            keys.Suppression(plan.Customer.Value),
        ];
        Decision expected = DecisionPipeline.Expect(hold.Plan);
        RedisValue[] values = ReserveArguments.Of(expected, options, candidate => hold.Words(candidate, keys, names));
        // When there is no answer it is not known which units were spent: they stay taken, and are settled with their lease.
        RedisResult reply = await Guarded(Scripts.Reserve.RunAsync(redis, [.. names], values), cancellationToken).ConfigureAwait(false);
        var parts = (RedisResult[])reply!;
        string outcome = (string)parts[0]!;
        if (outcome == "lapsed") hold.DropAll();
        else hold.ReturnAllBut(outcome == "new" ? (int)parts[1] : -1);
        return outcome switch
        {
            "new" => new ReserveReply(
                ReserveOutcome.Decided, DecisionPipeline.Conclude(expected, StoredDecision.ReadResult(parts, hold.Plan))),
            "known" => new ReserveReply(ReserveOutcome.Repeated, StoredDecision.Read(parts)),
            "lapsed" => null,
            "changed" => new ReserveReply(ReserveOutcome.Outdated, null),
            _ => new ReserveReply(ReserveOutcome.RequestIdReused, null),
        };
    }

    public async Task<ConfirmReply> ConfirmAsync(DecisionId id, CancellationToken cancellationToken = default)
    {
        if (await ReadDecisionAsync(id, cancellationToken).ConfigureAwait(false) is not { } found)
            return new ConfirmReply(ConfirmOutcome.NotFound, null);
        (Decision decision, DateTimeOffset clock) = found;
        if (decision.Status != DecisionStatus.Reserved) return SettledReply.ToConfirm(decision);
        PartitionKeys keys = _keys[id.Partition];
        RedisKey[] stateKeys = SnapshotSources.StateKeys(keys, decision.Customer);
        RedisValue[] judged = await Guarded(redis.StringGetAsync(stateKeys), cancellationToken).ConfigureAwait(false);
        for (int attempt = 0; attempt < MaxConfirmAttempts; attempt++)
        {
            CustomerState? state = CustomerSnapshot.Of(SnapshotSources.Of(judged, []), CapLedger.Empty).State;
            ConfirmOutcome fence = Fence.Check(decision, state, clock);
            if (fence != ConfirmOutcome.Confirmed) return new ConfirmReply(fence, decision);
            await BetweenFenceAndConfirm().ConfigureAwait(false);
            RedisKey[] names = [keys.Caps(decision.Customer.Value), keys.Decision(RequestOf(id)), .. stateKeys];
            RedisValue[] values =
                [RequestOf(id), OrEmpty(judged[0]), ClockOffset, Micros(Fence.HoldsUntil(decision, state, clock)), OrEmpty(judged[1])];
            var parts = (RedisResult[])(await Guarded(Scripts.Confirm.RunAsync(redis, names, values), cancellationToken).ConfigureAwait(false))!;
            switch ((string)parts[0]!)
            {
                case "changed": judged = [(RedisValue)parts[1], (RedisValue)parts[2]]; break;
                case "late": clock = StoredDecision.Time((string)parts[1]!); break;
                case var status: return SettledReply.ToConfirm(StoredDecision.Become(decision, status));
            }
        }

        return new ConfirmReply(ConfirmOutcome.StateChanging, decision);
    }

    public async Task<ReleaseReply> ReleaseAsync(DecisionId id, CancellationToken cancellationToken = default)
    {
        if (await GetAsync(id, cancellationToken).ConfigureAwait(false) is not { } decision)
            return new ReleaseReply(ReleaseOutcome.NotFound, null);
        if (decision.Status == DecisionStatus.Reserved)
        {
            PartitionKeys keys = _keys[id.Partition];
            RedisKey[] names = [keys.Caps(decision.Customer.Value), keys.Decision(RequestOf(id))];
            RedisValue[] values = [RequestOf(id), ClockOffset];
            var parts = (RedisResult[])(await Guarded(Scripts.Release.RunAsync(redis, names, values), cancellationToken).ConfigureAwait(false))!;
            decision = StoredDecision.Become(decision, (string)parts[0]!);
            if (parts.Length > 1) await Capacities.Leases.ReleaseAsync((string)parts[1]!, cancellationToken).ConfigureAwait(false);
        }

        return SettledReply.ToRelease(decision);
    }

    public Task<int> HearAsync(
        CustomerId customer, IReadOnlyList<TouchOutcome> outcomes, CancellationToken cancellationToken = default) => Guarded(
        new CapCorrections(redis, KeysOf(customer), options.ClockOffset) { Script = Scripts.Hear }.HearAsync(customer.Value, outcomes),
        cancellationToken);

    public async Task<Decision?> GetAsync(DecisionId id, CancellationToken cancellationToken = default) =>
        (await ReadDecisionAsync(id, cancellationToken).ConfigureAwait(false))?.Decision;

    /// <summary>A decision, and the clock as of which its status stands. Null when there is none.</summary>
    private async Task<(Decision Decision, DateTimeOffset Clock)?> ReadDecisionAsync(DecisionId id, CancellationToken cancellationToken)
    {
        if (id.Partition >= partitionCount) return null;
        RedisResult reply = await Guarded(
            Scripts.Get.RunAsync(redis, [_keys[id.Partition].Decision(RequestOf(id))], [ClockOffset]), cancellationToken)
            .ConfigureAwait(false);
        var parts = (RedisResult[])reply!;
        if (parts.Length == 0) return null;
        Spans.LinkCurrent((string?)parts[8]);
        return (StoredDecision.Read(parts), StoredDecision.Time((string)parts[7]!));
    }

    /// <summary>Scripts take no null.</summary>
    private static RedisValue OrEmpty(RedisValue value) => value.IsNull ? RedisValue.EmptyString : value;

    private static ReservationCalls[] CallsOf(IDatabase redis, RedisOptions options, int partitionCount, DecisionScripts scripts) =>
        [.. Enumerable.Range(0, partitionCount).Select(
            p => new ReservationCalls(redis, options, new PartitionKeys(p)) { Script = scripts.Expected })];

    private static string RequestOf(DecisionId id) => id.Request.ToString("D");

    private PartitionKeys KeysOf(CustomerId customer) => _keys[CustomerPartition.Of(customer, partitionCount)];

    private static RedisValue Micros(DateTimeOffset? time) => time is { } known ? CapTime.ToMicros(known) : RedisValue.EmptyString;

    private string ClockOffset => CapTime.ToMicros(options.ClockOffset).ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// What was sent may still run when this gives up: its request id makes repeating it safe, and an unconfirmed reservation
    /// expires.
    /// </summary>
    private Task<T> Guarded<T>(Task<T> call, CancellationToken cancellationToken) =>
        RedisFaults.AwaitAsync(call, options.CommandTimeout, cancellationToken);
}
