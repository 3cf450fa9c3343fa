using System.Net;
using StackExchange.Redis;
using WinBack.Adapters.Redis;
using WinBack.Core.State;

namespace WinBack.Cli.Doctor;

/// <summary>Looks at a Redis: whether it answers, runs scripts, keeps what it is given, and what was folded into it.</summary>
internal sealed class RedisCheck(ConnectionMultiplexer connection, TimeProvider time)
{
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(2);

    /// <summary>By partition; filled by <see cref="RunAsync"/>.</summary>
    internal IReadOnlyDictionary<int, PartitionWatermark> Watermarks { get; private set; } =
        new Dictionary<int, PartitionWatermark>();

    internal async Task<IReadOnlyList<Finding>> RunAsync()
    {
        var findings = new List<Finding>();
        foreach (EndPoint endpoint in connection.GetEndPoints())
        {
            IServer server = connection.GetServer(endpoint);
            if (!server.IsReplica) findings.AddRange(await CheckServerAsync(server).ConfigureAwait(false));
        }

        findings.Add(await CheckScriptsAsync().ConfigureAwait(false));
        findings.Add(await CheckWatermarksAsync().ConfigureAwait(false));
        return findings;
    }

    private async Task<IReadOnlyList<Finding>> CheckServerAsync(IServer server)
    {
        var findings = new List<Finding>();
        Dictionary<string, string> about = await AboutAsync(server, findings).ConfigureAwait(false);
        TimeSpan difference = await server.TimeAsync().ConfigureAwait(false) - time.GetUtcNow().UtcDateTime;
        findings.Add(difference.Duration() <= ClockTolerance
            ? Finding.Ok("redis", $"{server.EndPoint}, version {server.Version}, clock like this machine's")
            : Finding.Warning(
                "redis", $"{server.EndPoint}: its clock differs from this machine's by {difference}",
                "set both by NTP: caps count by Redis' clock"));
        string policy = about.GetValueOrDefault("maxmemory_policy", "noeviction");
        if (policy != "noeviction")
        {
            findings.Add(Finding.Failure(
                "redis", $"{server.EndPoint}: maxmemory-policy is {policy}: customers would be forgotten one by one",
                "set maxmemory-policy noeviction"));
        }

        if (about.GetValueOrDefault("aof_enabled") == "0")
        {
            findings.Add(Finding.Warning(
                "redis", $"{server.EndPoint}: appendonly is off: caps and decisions are lost with the process",
                "set appendonly yes and appendfsync everysec"));
        }

        return findings;
    }

    private static async Task<Dictionary<string, string>> AboutAsync(IServer server, List<Finding> findings)
    {
        var about = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            foreach (IGrouping<string, KeyValuePair<string, string>> section in await server.InfoAsync().ConfigureAwait(false))
                foreach ((string name, string value) in section) about[name] = value;
        }
        catch (RedisServerException refused)
        {
            findings.Add(Finding.Warning(
                "redis", $"{server.EndPoint} refuses INFO ({refused.Message}): eviction and persistence were not checked",
                "allow INFO to this user"));
        }

        return about;
    }

    private async Task<Finding> CheckScriptsAsync()
    {
        try
        {
            await connection.GetDatabase().ScriptEvaluateAsync("return 1").ConfigureAwait(false);
            return Finding.Ok("redis", "runs Lua scripts");
        }
        catch (RedisException refused)
        {
            return Finding.Failure(
                "redis", $"Lua scripts are refused: {refused.Message}", "allow EVAL and EVALSHA (Garnet: --lua)");
        }
    }

    private async Task<Finding> CheckWatermarksAsync()
    {
        Watermarks = await PartitionSurvey.ReadAsync(connection.GetDatabase()).ConfigureAwait(false);
        if (Watermarks.Count == 0)
            return Finding.Warning("states", "no partition was folded into this Redis yet", "start the service with role ingest");
        uint schema = Watermarks.Values.Max(w => w.Schema);
        return schema > StateCodec.Version
            ? Finding.Failure(
                "states", $"states of version {schema}; this binary reads {StateCodec.Version}", "update this binary")
            : Finding.Ok("states", $"{Watermarks.Count} partitions folded, states of version {schema}");
    }
}
