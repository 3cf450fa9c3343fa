using StackExchange.Redis;
using WinBack.Core.Events;

namespace WinBack.Adapters.Redis;

/// <summary>Reads what the fold knows of a customer, with the watermark it is known up to, in one round trip.</summary>
public sealed class CustomerReader(IDatabase redis, RedisOptions options, int partitionCount)
{
    private readonly PartitionKeys[] _keys = Enumerable.Range(0, partitionCount).Select(p => new PartitionKeys(p)).ToArray();

    /// <returns>The state blob (null: no event was folded), and the watermark (null: nobody has folded the partition).</returns>
    /// <exception cref="StoreUnavailableException">Redis is away, or did not answer in time.</exception>
    public async Task<(int Partition, byte[]? Blob, PartitionWatermark? Watermark)> ReadAsync(
        CustomerId customer, CancellationToken cancellationToken = default)
    {
        PartitionKeys keys = _keys[CustomerPartition.Of(customer, partitionCount)];
        RedisValue[] found = await RedisFaults.AwaitAsync(
            redis.StringGetAsync([keys.State(customer.Value), keys.Watermark]), options.CommandTimeout, cancellationToken)
            .ConfigureAwait(false);
        return (keys.Partition, (byte[]?)found[0], found[1].IsNullOrEmpty ? null : PartitionWatermark.Parse((byte[])found[1]!));
    }
}
