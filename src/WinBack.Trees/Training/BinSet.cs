namespace WinBack.Trees.Training;

/// <summary>A set of bins, 0 to 255, as bits; empty at first.</summary>
internal sealed class BinSet
{
    private readonly ulong[] _bits = new ulong[4];

    public void Add(int bin) => _bits[bin >> 6] |= 1UL << bin;

    public bool Contains(int bin) => (_bits[bin >> 6] >> bin & 1) != 0;
}
