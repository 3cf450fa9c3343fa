namespace Pipelines.Sockets.Unofficial;

/// <summary>Wishes for a <see cref="SocketConnection"/>. StackExchange.Redis has none.</summary>
[Flags]
public enum SocketConnectionOptions
{
    /// <summary>No wish.</summary>
    None = 0,
}
