using StackExchange.Redis;

namespace WinBack.Adapters.Redis;

/// <summary>Tells a server that is away or starting from one that refuses.</summary>
internal static class RedisFaults
{
    /// <summary>True when the same call may go through later; whether this one ran is not known.</summary>
    internal static bool IsTransient(Exception e) => e switch
    {
        TimeoutException or RedisConnectionException or IOException or TaskCanceledException => true,
        RedisServerException server => IsTransient(server.Message),
        _ => false,
    };

    /// <summary>
    /// Waits for an answer. The client looks for commands that took too long once a second; callers must know sooner.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Redis is away, or did not answer in time.</exception>
    internal static async Task<T> AwaitAsync<T>(Task<T> call, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            return await call.WaitAsync(timeout, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && IsTransient(e))
        {
            throw new StoreUnavailableException("Redis is away: " + e.Message, e);
        }
    }

    private static bool IsTransient(string message) =>
        message.StartsWith("LOADING", StringComparison.Ordinal)
        || message.StartsWith("READONLY", StringComparison.Ordinal)
        || message.StartsWith("MASTERDOWN", StringComparison.Ordinal)
        || message.StartsWith("CLUSTERDOWN", StringComparison.Ordinal)
        || message.StartsWith("TRYAGAIN", StringComparison.Ordinal)
        || message.StartsWith("BUSY", StringComparison.Ordinal)
        || message.StartsWith("OOM", StringComparison.Ordinal)
        || message.StartsWith("MISCONF", StringComparison.Ordinal)
        || message.StartsWith("NOREPLICAS", StringComparison.Ordinal);
}
