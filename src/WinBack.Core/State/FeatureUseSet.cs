using WinBack.Core.Events;

namespace WinBack.Core.State;

/// <summary>Use by product feature, sorted by bucket.</summary>
public sealed class FeatureUseSet
{
    private FeatureUse[] _uses = [];

    public int Count { get; private set; }

    public ReadOnlySpan<FeatureUse> Uses => _uses.AsSpan(0, Count);

    /// <summary>The feature used most; of equals, the one used last. Null when no feature was used.</summary>
    public FeatureUse? MostUsed()
    {
        FeatureUse? best = null;
        foreach (FeatureUse use in Uses)
            if (best is not { } b || use.Uses > b.Uses || (use.Uses == b.Uses && use.LastUsedMs > b.LastUsedMs)) best = use;
        return best;
    }

    internal void Add(string name, long uses, long timeMs)
    {
        byte bucket = (byte)new EventId(name).Hash;
        int at = 0;
        while (at < Count && _uses[at].Bucket < bucket) at++;
        if (at == Count || _uses[at].Bucket != bucket)
        {
            Insert(at, new FeatureUse(bucket, name, uses, timeMs));
            return;
        }

        FeatureUse old = _uses[at];
        bool newer = timeMs > old.LastUsedMs
            || (timeMs == old.LastUsedMs && string.CompareOrdinal(name, old.Name) > 0);
        long sum = unchecked(old.Uses + uses);
        _uses[at] = new FeatureUse(
            bucket, newer ? name : old.Name, sum < 0 ? long.MaxValue : sum, Math.Max(timeMs, old.LastUsedMs));
    }

    internal void Clear()
    {
        _uses.AsSpan(0, Count).Clear();
        Count = 0;
    }

    internal void Append(FeatureUse use) => Insert(Count, use);

    private void Insert(int at, FeatureUse use)
    {
        if (Count == _uses.Length) Array.Resize(ref _uses, Math.Max(2, Count * 2));
        _uses.AsSpan(at, Count - at).CopyTo(_uses.AsSpan(at + 1));
        _uses[at] = use;
        Count++;
    }
}
