using System.Globalization;
using StackExchange.Redis;

namespace WinBack.Load.Runs;

/// <summary>What each command has cost Redis since it started, of those that cost most.</summary>
internal static class RedisCosts
{
    private const int Shown = 6;

    internal static async Task<string> ReadAsync(string address)
    {
        await using ConnectionMultiplexer redis = await ConnectionMultiplexer.ConnectAsync(address);
        string stats = (string)(await redis.GetDatabase().ExecuteAsync("INFO", "commandstats"))!;
        return "Redis: " + string.Join("; ", stats.Split('\n').Where(l => l.StartsWith("cmdstat_", StringComparison.Ordinal))
            .Select(l => l["cmdstat_".Length..].Split(':', ','))
            .OrderByDescending(f => long.Parse(f[2].Split('=')[1], CultureInfo.InvariantCulture)).Take(Shown)
            .Select(f => $"{f[0]} {f[1]} {f[3]}"));
    }
}
