using StackExchange.Redis;
using WinBack.Service.Serving;

namespace WinBack.Service.Hosting;

/// <summary>
/// What the start would otherwise do one after the other, done side by side. Whoever needs it later finds it there; what goes wrong here
/// would have gone wrong a moment later.
/// </summary>
internal static class StartAhead
{
    /// <summary>
    /// Reads the playbook's file, while broker and Redis of the embedded role start: a third of a second of compiling code. What comes
    /// of it is thrown away: whoever serves it reads it again, at no cost.
    /// </summary>
    /// <exception cref="SettingException">The file is refused.</exception>
    internal static Task ReadFilesAsync(IServiceProvider services) =>
        Task.Run(() => services.GetRequiredService<PlaybookSources>().OfFile());

    /// <summary>Opens connections, which is mostly waiting: to Redis for requests and events, to Kafka for layout and catalogue.</summary>
    internal static Task ConnectAsync(IServiceProvider services, ServiceOptions roles, CancellationToken stop)
    {
        // The fold waits for it by itself, and hears what is wrong with it.
        if (roles.Ingests) _ = Task.Run(() => services.GetRequiredService<RedisConnections>().EventsAsync(), stop);
        return roles.Decides
            ? Task.WhenAll(
                Task.Run(() => services.GetRequiredService<IDatabase>(), stop),
                Task.Run(() => services.GetRequiredService<PartitionCount>(), stop),
                Task.Run(() => services.GetRequiredService<CatalogueFollower>().FollowAsync(stop), stop))
            : Task.CompletedTask;
    }
}
