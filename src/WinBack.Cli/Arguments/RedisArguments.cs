using System.CommandLine;
using StackExchange.Redis;
using WinBack.Adapters.Redis;

namespace WinBack.Cli.Arguments;

/// <summary>The options by which a command reaches Redis; the same names in every command.</summary>
internal sealed class RedisArguments(string description = "Redis, as host:port or a StackExchange.Redis configuration.")
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    private readonly Option<string?> _redis = new("--redis") { Description = description };
    private readonly Option<int?> _partitions = new("--partitions")
    {
        Description = "Partitions of the event topics. Default: as many as were folded into this Redis.",
    };

    internal void AddTo(Command command)
    {
        command.Options.Add(_redis);
        command.Options.Add(_partitions);
    }

    /// <summary>Null when the option was not given.</summary>
    internal string? Address(ParseResult parsed) => parsed.GetValue(_redis);

    /// <param name="isAdmin">Whether INFO may be asked, which the client counts among the administrator's commands.</param>
    /// <exception cref="BadInputException">Nothing answers there.</exception>
    internal static async Task<ConnectionMultiplexer> ConnectAsync(string address, bool isAdmin = false)
    {
        try
        {
            var configuration = ConfigurationOptions.Parse(address);
            configuration.ClientName = "winback-cli";
            configuration.AllowAdmin = isAdmin;
            configuration.ConnectTimeout = (int)ConnectTimeout.TotalMilliseconds;
            return await ConnectionMultiplexer.ConnectAsync(configuration).ConfigureAwait(false);
        }
        catch (RedisException away)
        {
            throw new BadInputException(
                $"--redis {address}: no connection within {ConnectTimeout.TotalSeconds:0} s: start Redis, or correct the address",
                away);
        }
        catch (ArgumentException wrong)
        {
            throw new BadInputException($"--redis {address}: {wrong.Message}", wrong);
        }
    }

    /// <summary>The number of partitions: as given, else one more than the highest that was folded.</summary>
    /// <exception cref="BadInputException">None was given, and none was folded.</exception>
    internal async Task<int> PartitionCountAsync(ParseResult parsed, IDatabase redis)
    {
        if (parsed.GetValue(_partitions) is { } given)
            return given >= 1 ? given : throw new BadInputException("--partitions must be at least 1");
        IReadOnlyDictionary<int, PartitionWatermark> folded = await PartitionSurvey.ReadAsync(redis).ConfigureAwait(false);
        return folded.Count > 0
            ? folded.Keys.Max() + 1
            : throw new BadInputException(
                $"--redis {Address(parsed)}: no event was folded there yet: is the ingest service running, on this Redis?");
    }
}
