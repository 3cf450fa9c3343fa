using System.Globalization;
using StackExchange.Redis;

namespace WinBack.Load.Memory;

/// <summary>What INFO tells of a server.</summary>
/// <param name="Used">Bytes given out by the allocator.</param>
/// <param name="DataSet">Of them, without the table of keys and what the server itself needs.</param>
/// <param name="Resident">Bytes as the system counts them.</param>
internal readonly record struct RedisMemory(long Used, long DataSet, long Resident)
{
    internal static async Task<RedisMemory> OfAsync(IDatabase redis) => new(
        (long)await FieldAsync(redis, "memory", "used_memory"),
        (long)await FieldAsync(redis, "memory", "used_memory_dataset"),
        (long)await FieldAsync(redis, "memory", "used_memory_rss"));

    /// <summary>User and system.</summary>
    internal static async Task<double> CpuSecondsAsync(IDatabase redis) =>
        await FieldAsync(redis, "cpu", "used_cpu_user") + await FieldAsync(redis, "cpu", "used_cpu_sys");

    internal static async Task<double> FieldAsync(IDatabase redis, string section, string field)
    {
        string told = (string)(await redis.ExecuteAsync("INFO", section))!;
        string line = told.Split('\n').First(l => l.StartsWith(field + ":", StringComparison.Ordinal));
        return double.Parse(line.Split(':')[1].Trim(), CultureInfo.InvariantCulture);
    }
}
