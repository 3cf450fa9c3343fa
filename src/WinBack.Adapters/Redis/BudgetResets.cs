using System.Globalization;
using StackExchange.Redis;
using WinBack.Core.Caps.Budgets;
using WinBack.Core.Events;
using WinBack.Core.Policy;

namespace WinBack.Adapters.Redis;

/// <summary>Resets of contact budgets by operators: done, and noted beside, by one script.</summary>
/// <param name="partitionCount">Of the topics.</param>
public sealed class BudgetResets(IDatabase redis, RedisOptions options, int partitionCount)
{
    private static readonly LuaScript ResetScript = new("ledger", "reset");

    /// <summary>Once for each request id; repeating it answers what was noted then.</summary>
    /// <param name="reset">Its time, and what was freed, are the answer's business.</param>
    /// <param name="keys">Of the caps whose places are to go.</param>
    /// <param name="isTrial">Says what would come of it, and changes nothing.</param>
    /// <exception cref="StoreUnavailableException">Redis is away; it is not known whether it was done, and repeating it is safe.</exception>
    public async Task<BudgetReset> ResetAsync(
        CustomerId customer, BudgetReset reset, IReadOnlyCollection<string> keys, bool isTrial, CancellationToken cancellationToken = default)
    {
        PartitionKeys partition = KeysOf(customer);
        RedisValue[] values =
        [
            reset.Request.ToString("D"), CapTime.ToMicros(options.ClockOffset), (long)ReserveArguments.CapRetention.TotalMilliseconds,
            isTrial ? 1 : 0, OneLine(reset.By) + "\n" + reset.Reason, .. keys.Select(key => (RedisValue)key),
        ];
        RedisResult reply = await RedisFaults.AwaitAsync(
            ResetScript.RunAsync(redis, [partition.Caps(customer.Value), partition.Resets(customer.Value)], values),
            options.CommandTimeout, cancellationToken).ConfigureAwait(false);
        return Parse(reset.Request, (string)reply!);
    }

    /// <returns>The latest first.</returns>
    /// <exception cref="StoreUnavailableException">Redis is away, or did not answer in time.</exception>
    public async Task<IReadOnlyList<BudgetReset>> ListAsync(CustomerId customer, CancellationToken cancellationToken = default)
    {
        HashEntry[] notes = await RedisFaults.AwaitAsync(
            redis.HashGetAllAsync(KeysOf(customer).Resets(customer.Value)), options.CommandTimeout, cancellationToken).ConfigureAwait(false);
        return notes.Select(note => Parse(Guid.ParseExact((string)note.Name!, "D"), (string)note.Value!))
            .OrderByDescending(reset => reset.Time).ToArray();
    }

    private static BudgetReset Parse(Guid request, string note)
    {
        string[] lines = note.Split('\n', 4);
        return new BudgetReset(
            request, lines[2], lines[3], CapTime.ToTime(long.Parse(lines[0], CultureInfo.InvariantCulture)),
            lines[1].Split(';', StringSplitOptions.RemoveEmptyEntries).Select(Freed).ToArray());
    }

    private static KeyValuePair<string, int> Freed(string text)
    {
        int space = text.LastIndexOf(' ');
        return new(text[..space], int.Parse(text.AsSpan(space + 1), NumberStyles.None, CultureInfo.InvariantCulture));
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private PartitionKeys KeysOf(CustomerId customer) => new(CustomerPartition.Of(customer, partitionCount));
}
