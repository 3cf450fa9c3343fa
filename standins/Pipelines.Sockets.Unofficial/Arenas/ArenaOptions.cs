namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>Settings of an <see cref="Arena{T}"/>.</summary>
public sealed class ArenaOptions
{
    internal const int DefaultBlockSizeBytes = 32 * 1024;

    /// <param name="flags">Ignored: an arena neither shares its blocks nor lets values live in them after a reset.</param>
    /// <param name="blockSizeBytes">Size of the block that an arena keeps; 0 or less means 32 KiB.</param>
    /// <param name="retentionPolicy">Ignored: an arena keeps exactly one block.</param>
    public ArenaOptions(
        ArenaFlags flags = ArenaFlags.Default, int blockSizeBytes = 0, Func<long, long, long>? retentionPolicy = null)
    {
        _ = flags;
        _ = retentionPolicy;
        BlockSizeBytes = blockSizeBytes > 0 ? blockSizeBytes : DefaultBlockSizeBytes;
    }

    internal int BlockSizeBytes { get; }
}
