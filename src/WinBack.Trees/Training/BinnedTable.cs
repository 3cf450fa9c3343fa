namespace WinBack.Trees.Training;

/// <summary>A training table as bins, one byte a value, in blocks of eight features.</summary>
/// <remarks>
/// A block keeps one 64-bit word per row, a byte per feature. Building the histograms of a block reads 8 bytes a row and
/// writes 32 KB of sums, which stay in the first-level cache; blocks are also the unit of parallel work. Features that
/// never change are left out.
/// </remarks>
internal sealed class BinnedTable
{
    public const int BlockFeatures = 8;

    private readonly ulong[][] _blocks;
    private readonly FeatureBins[] _bins;

    /// <param name="table">The rows.</param>
    /// <param name="bins">Shape [F].</param>
    /// <param name="features">The features to keep, ascending.</param>
    /// <param name="parallel">Threads.</param>
    private BinnedTable(TrainingTable table, FeatureBins[] bins, int[] features, ParallelOptions parallel)
    {
        _bins = bins;
        Features = features;
        RowCount = table.RowCount;
        _blocks = new ulong[(features.Length + BlockFeatures - 1) / BlockFeatures][];
        Parallel.For(0, _blocks.Length, parallel, block =>
        {
            var words = new ulong[RowCount];
            for (int slot = block * BlockFeatures; slot < Math.Min(features.Length, (block + 1) * BlockFeatures); slot++)
            {
                bins[features[slot]].Fill(table.Column(features[slot]), words, 8 * (slot % BlockFeatures));
            }

            _blocks[block] = words;
        });
    }

    public int RowCount { get; }

    /// <summary>The feature of each slot. A slot is a feature's place in the blocks.</summary>
    public int[] Features { get; }

    public int BlockCount => _blocks.Length;

    /// <summary>Finds the bins on the table itself.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="maxBins">Bins of a number at most, without the missing one.</param>
    /// <param name="isCategory">Shape [F].</param>
    /// <param name="parallel">Threads.</param>
    public static BinnedTable Create(TrainingTable table, int maxBins, bool[] isCategory, ParallelOptions parallel)
    {
        var bins = new FeatureBins[table.FeatureCount];
        var varies = new bool[table.FeatureCount];
        Parallel.For(0, bins.Length, parallel, f =>
        {
            bins[f] = isCategory[f] ? CategoryBins.Find(table.Column(f)) : NumericBins.Find(table.Column(f), maxBins);
            varies[f] = bins[f].Count > 1 || table.Column(f).IndexOf(float.NaN) >= 0;
        });
        int[] features = Enumerable.Range(0, bins.Length).Where(f => varies[f]).ToArray();
        return new BinnedTable(table, bins, features, parallel);
    }

    /// <summary>Bins other rows (a held-out part) by the same bounds.</summary>
    public BinnedTable Rebin(TrainingTable table, ParallelOptions parallel) => new(table, _bins, Features, parallel);

    /// <summary>One word per row: the bins of eight slots, the first in the lowest byte.</summary>
    public ReadOnlySpan<ulong> Block(int block) => _blocks[block];

    public FeatureBins BinsOf(int slot) => _bins[Features[slot]];

    public int BinOf(int slot, int row) => (byte)(_blocks[slot / BlockFeatures][row] >> (8 * (slot % BlockFeatures)));
}
