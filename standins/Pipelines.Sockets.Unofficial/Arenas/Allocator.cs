namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>Source of an arena's blocks. StackExchange.Redis always passes null, so there is nothing to choose.</summary>
public abstract class Allocator<T>
{
    private protected Allocator()
    {
    }
}
