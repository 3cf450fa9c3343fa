using System.CommandLine;
using StackExchange.Redis;
using WinBack.Adapters.Redis;
using WinBack.Cli.Arguments;
using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.State;

namespace WinBack.Cli.Inspect;

/// <summary>What Redis holds of one customer.</summary>
/// <param name="Blob">The state as stored.</param>
internal sealed record StoredCustomer(CustomerId Id, int Partition, byte[] Blob, PartitionWatermark? Watermark)
{
    /// <exception cref="BadInputException">Redis does not answer, or no event of the customer was folded.</exception>
    internal static async Task<StoredCustomer> ReadAsync(RedisArguments redis, ParseResult parsed, string customer, string argument)
    {
        string address = redis.Address(parsed) ?? new RedisOptions().Configuration;
        await using ConnectionMultiplexer connection = await RedisArguments.ConnectAsync(address);
        IDatabase database = connection.GetDatabase();
        var reader = new CustomerReader(database, new RedisOptions(), await redis.PartitionCountAsync(parsed, database));
        var id = new CustomerId(customer);
        (int partition, byte[]? blob, PartitionWatermark? watermark) = await reader.ReadAsync(id);
        return blob is not null
            ? new StoredCustomer(id, partition, blob, watermark)
            : throw new BadInputException(
                $"{argument} {id}: no event of this customer was folded (partition {partition}, {watermark?.ToString() ?? "never folded"})");
    }

    /// <exception cref="BadInputException">The state is damaged, or of a newer version.</exception>
    internal CustomerSnapshot Decode()
    {
        try
        {
            return CustomerSnapshot.Of(Blob, CapLedger.Empty);
        }
        catch (StateFormatException unreadable)
        {
            throw new BadInputException(unreadable.Message, unreadable);
        }
    }
}
