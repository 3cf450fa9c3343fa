using StackExchange.Redis;

namespace WinBack.Adapters.Redis;

/// <summary>The names of a scarce capacity's keys. They lie in a slot of their own: customers of all partitions take of it.</summary>
internal static class CapacityKeys
{
    /// <summary>Hash: units leased and spent in one period; see lease.lua.</summary>
    internal static RedisKey Units(string key) => "{capacity:" + key + "}u";

    /// <summary>Hash: units asked for, by day and value; see <see cref="CapacityDemand"/>.</summary>
    internal static RedisKey Demand(string pool) => "{capacity:" + pool + "}v";
}
