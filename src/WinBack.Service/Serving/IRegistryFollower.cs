using WinBack.Adapters;

namespace WinBack.Service.Serving;

/// <summary>Brings what is served in line with a registry.</summary>
internal interface IRegistryFollower
{
    /// <summary>What the registry holds, for the log: model or playbook.</summary>
    static abstract string Subject { get; }

    /// <summary>Looks once; does nothing when the registry has not changed.</summary>
    /// <exception cref="StoreUnavailableException">Redis is away; nothing has changed.</exception>
    Task FollowAsync(CancellationToken stop);

    /// <summary>Serves what the service is configured with: at a start without Redis.</summary>
    void ServeConfigured();
}
