using System.CommandLine;
using StackExchange.Redis;
using WinBack.Adapters;
using WinBack.Adapters.Redis;
using WinBack.Core.Models;

namespace WinBack.Cli.Arguments;

/// <summary>The options by which a command reaches a registry and says who changes it; the same in every command.</summary>
internal sealed class ChangeArguments
{
    internal static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly Option<string> _redis = new("--redis")
    {
        Description = "Redis of the service, as host:port or a StackExchange.Redis configuration.",
        DefaultValueFactory = _ => new RedisOptions().Configuration,
    };

    private readonly Option<string> _by = new("--by")
    {
        Description = "Who changes it, for the audit trail. Default: the user of this machine.",
        DefaultValueFactory = _ => Environment.UserName,
    };

    private readonly Option<string> _reason = new("--reason")
    {
        Description = "Why, for the audit trail.", DefaultValueFactory = _ => "",
    };

    private readonly Option<bool> _validateOnly = new("--validate-only") { Description = "Says what would come of it; changes nothing." };

    internal void AddTo(Command command, bool isChange)
    {
        command.Options.Add(_redis);
        if (!isChange) return;
        command.Options.Add(_by);
        command.Options.Add(_reason);
        command.Options.Add(_validateOnly);
    }

    internal bool IsTrial(ParseResult parsed) => parsed.GetValue(_validateOnly);

    internal ChangeNote Note(ParseResult parsed) =>
        new(parsed.GetValue(_by)!, TimeProvider.System.GetUtcNow(), parsed.GetValue(_reason)!);

    /// <exception cref="BadInputException">Redis is away, or holds no registry that this program can read.</exception>
    internal async Task<int> RunAsync(ParseResult parsed, Func<IDatabase, Task<int>> run)
    {
        string address = parsed.GetValue(_redis)!;
        await using ConnectionMultiplexer connection = await RedisArguments.ConnectAsync(address);
        try
        {
            return await run(connection.GetDatabase());
        }
        catch (Exception e) when (e is StoreUnavailableException or RegistryException)
        {
            throw new BadInputException($"--redis {address}: {e.Message}", e);
        }
    }
}
