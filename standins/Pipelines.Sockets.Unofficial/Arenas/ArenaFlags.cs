namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>How an arena shares and clears its blocks. Accepted and ignored: see <see cref="Arena{T}"/>.</summary>
[Flags]
public enum ArenaFlags
{
    /// <summary>No wish.</summary>
    None = 0,

    /// <summary>The value that StackExchange.Redis passes.</summary>
    Default = 16,
}
