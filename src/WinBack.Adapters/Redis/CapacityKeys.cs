using StackExchange.Redis;

namespace WinBack.Adapters.Redis;

/// <summary>The names of a scarce capacity's keys. They lie in a slot of their own: customers of all partitions take of it.</summary>
internal static class CapacityKeys
{
    /// <summary>Longer than any period.</summary>
    internal static readonly TimeSpan Retention = TimeSpan.FromDays(40);

    /// <summary>Hash: units leased and spent in one period; see lease.lua.</summary>
    internal static RedisKey Units(string key) => "{capacity:" + key + "}u";

    /// <summary>Hash: what was heard of touches that spent units of one period, and how many came back; see restore.lua.</summary>
    internal static RedisKey Failed(string key) => "{capacity:" + key + "}f";

    /// <summary>Hash: units asked for, by day and value; see <see cref="CapacityDemand"/>.</summary>
    internal static RedisKey Demand(string pool) => "{capacity:" + pool + "}v";
}
