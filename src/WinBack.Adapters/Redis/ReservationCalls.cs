using System.Diagnostics;
using StackExchange.Redis;
using WinBack.Adapters.Tracing;

namespace WinBack.Adapters.Redis;

/// <summary>
/// Sends the expected reservations of one partition, one call after the other. What comes while a call is under way goes
/// together with the next, so a busy partition pays for a call once for many, and a quiet one waits for nobody.
/// </summary>
internal sealed class ReservationCalls(IDatabase redis, RedisOptions options, PartitionKeys keys)
{
    /// <summary>Bounds how long one call holds Redis up for others: some 2 ms.</summary>
    private const int MostTogether = 64;

    private readonly Lock _lock = new();
    private readonly Queue<Waiting> _waiting = [];
    private bool _isUnderWay;

    /// <summary>Tests put a script without one of its guards here.</summary>
    internal LuaScript Script { get; init; } = DecisionScripts.Default.Expected;

    /// <returns>The clock (UTC) at which it was reserved; null when it does not hold: then nothing was done.</returns>
    /// <exception cref="StoreUnavailableException">Redis is away, or did not answer in time.</exception>
    internal async Task<DateTimeOffset?> SendAsync(ExpectedReservation reservation, CancellationToken cancellationToken)
    {
        // The call is many callers': what each of them sees of it is the wait.
        using Activity? span = Spans.StartScript(Script.Name);
        var own = new Waiting(reservation);
        bool sends;
        lock (_lock)
        {
            _waiting.Enqueue(own);
            sends = !_isUnderWay;
            _isUnderWay = true;
        }

        if (sends) _ = SendAllAsync();
        try
        {
            return await RedisFaults.AwaitAsync(own.Answer.Task, options.CommandTimeout, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            own.IsOver = true;
        }
    }

    private async Task SendAllAsync()
    {
        // It goes on for others than the one who began it.
        Activity.Current = null;
        while (Next() is { Count: > 0 } together)
        {
            Task<DateTimeOffset?[]> call = CallAsync(together);
            // Those who wait for it hear what went wrong; the next call is for others.
            await ((Task)call).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            for (int i = 0; i < together.Count; i++)
                if (call.IsCompletedSuccessfully) together[i].Answer.TrySetResult(call.Result[i]);
                else together[i].Answer.TrySetException(call.Exception?.InnerException ?? new TaskCanceledException(call));
        }
    }

    private async Task<DateTimeOffset?[]> CallAsync(List<Waiting> together)
    {
        // Bounded here too: the client may lose a call (StackExchange.Redis issue 2742), and all later ones wait for it.
        RedisResult reply = await RedisFaults.AwaitAsync(
            Script.RunAsync(redis, Names(together), Values(together)), options.CommandTimeout, CancellationToken.None).ConfigureAwait(false);
        var clocks = (RedisValue[])reply!;
        return Array.ConvertAll(clocks, clock => clock.IsNullOrEmpty ? (DateTimeOffset?)null : StoredDecision.Time(clock!));
    }

    /// <summary>Those that go together; none when nobody waits, and then no call is under way any more.</summary>
    private List<Waiting> Next()
    {
        var together = new List<Waiting>();
        lock (_lock)
        {
            while (together.Count < MostTogether && _waiting.TryDequeue(out Waiting? next))
                if (!next.IsOver) together.Add(next);
            _isUnderWay = together.Count > 0;
        }

        return together;
    }

    private RedisKey[] Names(List<Waiting> together)
    {
        var names = new RedisKey[ExpectedReservation.NamesBefore + (ExpectedReservation.NamesEach * together.Count)];
        names[0] = keys.Outbox;
        for (int i = 0; i < together.Count; i++)
            together[i].Reservation.Names.CopyTo(names, ExpectedReservation.NamesBefore + (ExpectedReservation.NamesEach * i));
        return names;
    }

    private RedisValue[] Values(List<Waiting> together)
    {
        var values = new RedisValue[ExpectedReservation.ValuesBefore + (ExpectedReservation.ValuesEach * together.Count)];
        ReserveArguments.Settings(options).CopyTo(values, 0);
        for (int i = 0; i < together.Count; i++)
            together[i].Reservation.Values.CopyTo(values, ExpectedReservation.ValuesBefore + (ExpectedReservation.ValuesEach * i));
        return values;
    }

    private sealed class Waiting(ExpectedReservation reservation)
    {
        internal ExpectedReservation Reservation => reservation;

        internal TaskCompletionSource<DateTimeOffset?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Nobody waits for it any more: what was not sent by then is not sent.</summary>
        internal bool IsOver { get; set; }
    }
}
