using StackExchange.Redis;

namespace WinBack.Adapters.Redis;

/// <summary>Finds out which partitions were ever folded into a Redis, from their watermarks alone.</summary>
public static class PartitionSurvey
{
    /// <returns>By partition, ascending; partitions that nobody has taken over are left out.</returns>
    /// <exception cref="RedisException">Redis is away.</exception>
    public static async Task<IReadOnlyDictionary<int, PartitionWatermark>> ReadAsync(IDatabase redis)
    {
        // One by one and not as one MGET, because in a cluster the keys lie in different slots.
        Task<RedisValue>[] reads = Enumerable.Range(0, HashTags.MaxPartitions)
            .Select(p => redis.StringGetAsync(new PartitionKeys(p).Watermark))
            .ToArray();
        RedisValue[] values = await Task.WhenAll(reads).ConfigureAwait(false);
        var found = new SortedDictionary<int, PartitionWatermark>();
        for (int p = 0; p < values.Length; p++)
            if (!values[p].IsNullOrEmpty) found[p] = PartitionWatermark.Parse((byte[])values[p]!);
        return found;
    }
}
