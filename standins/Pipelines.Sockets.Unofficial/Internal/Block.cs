using System.Buffers;

namespace Pipelines.Sockets.Unofficial.Internal;

/// <summary>A piece of buffer memory, linked to the piece after it.</summary>
internal sealed class Block : ReadOnlySequenceSegment<byte>
{
    public Block(int size)
    {
        Bytes = GC.AllocateUninitializedArray<byte>(size);
        Memory = Bytes;
    }

    public byte[] Bytes { get; }

    /// <summary>Bytes written so far, from the front.</summary>
    public int Written { get; set; }

    public int Free => Bytes.Length - Written;

    public Block? NextBlock => (Block?)Next;

    /// <summary>Ends this block where it stands and goes on in <paramref name="next"/>.</summary>
    public void Append(Block next)
    {
        Memory = Bytes.AsMemory(0, Written);
        next.RunningIndex = RunningIndex + Written;
        Next = next;
    }

    /// <summary>Makes the block empty again, as the first one of a chain. Nobody may hold a sequence over it.</summary>
    public void Clear()
    {
        Memory = Bytes;
        Written = 0;
        RunningIndex = 0;
        Next = null;
    }
}
