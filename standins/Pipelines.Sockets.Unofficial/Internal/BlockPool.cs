namespace Pipelines.Sockets.Unofficial.Internal;

/// <summary>
/// The blocks of one direction of one connection. Never shared further: the client may give a connection up on one
/// thread while another still reads a reply from its blocks, and in a shared pool these blocks would already be filled
/// with the replies of another connection. Callers lock.
/// </summary>
internal sealed class BlockPool
{
    /// <summary>Bytes of a block: just under the size at which arrays become long-lived.</summary>
    public const int BlockBytes = 64 * 1024;

    private const int Kept = 4;

    private readonly Stack<Block> _free = new(Kept);

    /// <summary>An empty block of at least <paramref name="minimumBytes"/>.</summary>
    public Block Rent(int minimumBytes)
        => minimumBytes > BlockBytes ? new Block(minimumBytes) : _free.TryPop(out Block? block) ? block : new Block(BlockBytes);

    /// <summary>Takes a block back once nobody reads it; surplus and oversized ones go to the garbage collector.</summary>
    public void Return(Block block)
    {
        if (_free.Count < Kept && block.Bytes.Length == BlockBytes)
        {
            block.Clear();
            _free.Push(block);
        }
    }
}
