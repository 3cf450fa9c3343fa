using Microsoft.Extensions.Options;
using StackExchange.Redis;
using WinBack.Adapters.Redis;

namespace WinBack.Service.Hosting;

/// <summary>
/// Two connections, so that a burst of the fold's large scripts does not stand before a decision in one pipe. Each is
/// opened on first use and reconnects by itself.
/// </summary>
internal sealed class RedisConnections(IOptions<RedisOptions> options) : IAsyncDisposable
{
    private readonly Lazy<Task<ConnectionMultiplexer>> _events = new(() => ConnectAsync(options.Value, "winback-events"));
    private readonly Lazy<Task<ConnectionMultiplexer>> _requests = new(() => ConnectAsync(options.Value, "winback-requests"));

    internal Task<ConnectionMultiplexer> EventsAsync() => _events.Value;

    internal Task<ConnectionMultiplexer> RequestsAsync() => _requests.Value;

    public async ValueTask DisposeAsync()
    {
        foreach (Lazy<Task<ConnectionMultiplexer>> connection in (Lazy<Task<ConnectionMultiplexer>>[])[_events, _requests])
            if (connection.IsValueCreated) await (await connection.Value.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
    }

    private static async Task<ConnectionMultiplexer> ConnectAsync(RedisOptions options, string name)
    {
        var configuration = ConfigurationOptions.Parse(options.Configuration);
        configuration.ClientName = name;
        if (options.Password.Length > 0) configuration.Password = options.Password;
        configuration.AbortOnConnectFail = false;
        configuration.AsyncTimeout = (int)options.CommandTimeout.TotalMilliseconds;
        // A command that waits for a connection would outlive its caller: fail at once, the caller decides.
        configuration.BacklogPolicy = BacklogPolicy.FailFast;
        configuration.ReconnectRetryPolicy = new LinearRetry(200);
        return await ConnectionMultiplexer.ConnectAsync(configuration).ConfigureAwait(false);
    }
}
