using StackExchange.Redis;
using WinBack.Core.Policy.Responses;

namespace WinBack.Adapters.Redis;

/// <summary>
/// Sums the counts of all partitions. Only days whose attribution window has passed count: before that, touches that will
/// still be answered look unanswered. Days that nothing is added to any more are read once. Used by one loop only.
/// </summary>
/// <param name="partitionCount">Of the topics.</param>
public sealed class ResponseReader(IDatabase redis, RedisOptions redisOptions, ResponseOptions options, int partitionCount)
{
    /// <summary>Late news of a day come until then.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromDays(3);

    private readonly PartitionKeys[] _keys = Enumerable.Range(0, partitionCount).Select(p => new PartitionKeys(p)).ToArray();
    private readonly Dictionary<DateOnly, Dictionary<(string, string), ResponseCounts>> _settled = [];

    /// <param name="now">UTC.</param>
    /// <exception cref="StoreUnavailableException">Redis is away, or did not answer in time.</exception>
    /// <exception cref="InvalidDataException">The counts are none of ours.</exception>
    public async Task<ResponseTable> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        // The last day that is over, and whose last decision's window has passed.
        DateOnly last = DayOf(now - options.Window).AddDays(-1);
        DateOnly first = last.AddDays(1 - (int)Math.Ceiling(options.History.TotalDays));
        DateOnly settled = DayOf(now - options.Window - Settling).AddDays(-1);
        foreach (DateOnly day in _settled.Keys.Where(day => day < first).ToArray()) _settled.Remove(day);
        var sum = new Dictionary<(string, string), ResponseCounts>();
        for (DateOnly day = first; day <= last; day = day.AddDays(1))
        {
            if (!_settled.TryGetValue(day, out Dictionary<(string, string), ResponseCounts>? counts))
                counts = await ReadDayAsync(day, cancellationToken).ConfigureAwait(false);
            if (day <= settled) _settled[day] = counts;
            foreach (((string, string) cell, ResponseCounts count) in counts) sum[cell] = sum.GetValueOrDefault(cell) + count;
        }

        return new ResponseTable(sum);
    }

    private static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    private async Task<Dictionary<(string, string), ResponseCounts>> ReadDayAsync(DateOnly day, CancellationToken cancellationToken)
    {
        HashEntry[][] found = await RedisFaults.AwaitAsync(
            Task.WhenAll(Array.ConvertAll(_keys, keys => redis.HashGetAllAsync(keys.Responses(day)))),
            redisOptions.CommandTimeout, cancellationToken).ConfigureAwait(false);
        var counts = new Dictionary<(string, string), ResponseCounts>();
        foreach (HashEntry entry in found.SelectMany(entries => entries))
        {
            string field = entry.Name.ToString();
            int slash = field.LastIndexOf('/');
            if (slash < 3) throw new InvalidDataException($"'{field}' is no count of responses: another program wrote this key");
            (string, string) cell = (field[2..slash], field[(slash + 1)..]);
            long number = (long)entry.Value;
            counts[cell] = counts.GetValueOrDefault(cell) + field[0] switch
            {
                's' => new ResponseCounts(number, 0, 0, 0),
                'e' => new ResponseCounts(0, number, 0, 0),
                'r' => new ResponseCounts(0, 0, number, 0),
                'u' => new ResponseCounts(0, 0, 0, number),
                _ => throw new InvalidDataException($"'{field}' is no count of responses: a newer program wrote this key"),
            };
        }

        return counts;
    }
}
