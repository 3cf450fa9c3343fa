using StackExchange.Redis;
using WinBack.Adapters.Redis;
using WinBack.Core.Events;

namespace WinBack.Cli.Replay;

/// <summary>Compares replayed states with those that a Redis holds, byte by byte.</summary>
/// <param name="Equal">Customers whose states are the same.</param>
/// <param name="Different">Customers with another state in Redis.</param>
/// <param name="Missing">Customers without a state in Redis.</param>
internal sealed record StateParity(int Equal, IReadOnlyList<string> Different, IReadOnlyList<string> Missing)
{
    private const int CustomersARead = 256;

    /// <summary>Customers that Redis has besides are not looked for.</summary>
    internal static async Task<StateParity> OfAsync(
        IReadOnlyList<ReplayedCustomer> customers, IDatabase redis, int partitionCount)
    {
        int equal = 0;
        var different = new List<string>();
        var missing = new List<string>();
        foreach (IGrouping<int, ReplayedCustomer> partition in customers.GroupBy(
            c => CustomerPartition.Of(new CustomerId(c.Customer), partitionCount)))
        {
            var store = new PartitionStore(redis, new PartitionKeys(partition.Key));
            foreach (ReplayedCustomer[] batch in partition.Chunk(CustomersARead))
            {
                byte[]?[] blobs = await store.ReadStatesAsync(batch.Select(c => c.Customer).ToArray()).ConfigureAwait(false);
                for (int i = 0; i < batch.Length; i++)
                {
                    if (blobs[i] is not { } blob) missing.Add(batch[i].Customer);
                    else if (blob.AsSpan().SequenceEqual(batch[i].Blob)) equal++;
                    else different.Add(batch[i].Customer);
                }
            }
        }

        return new StateParity(equal, different, missing);
    }
}
