using WinBack.Trees.Ensemble;

namespace WinBack.Trees.Training;

/// <summary>One bin for each of the most frequent categories of a feature; the others share the last bin.</summary>
/// <remarks>
/// A category is the value cut to an integer, as <see cref="ValueSet.ContainsCategory"/> reads it. The last bin stands for
/// rare categories, for those that training never saw, and for values that are no category (negative, or 2^24 and more). A
/// split always sends it right, the way of everything that is not in the node's set.
/// </remarks>
internal sealed class CategoryBins : FeatureBins
{
    /// <summary>Bins 0 to 253 are categories, the one after the last of them is the rest.</summary>
    private const int MaxCategories = 254;

    private readonly int[] _categories;
    private readonly Dictionary<int, int> _bins;

    private CategoryBins(int[] categories)
    {
        _categories = categories;
        _bins = categories.Select((category, bin) => (category, bin)).ToDictionary(pair => pair.category, pair => pair.bin);
    }

    public override int Count => _categories.Length + 1;

    /// <summary>The bin of everything that has none of its own.</summary>
    public int Rest => _categories.Length;

    public static CategoryBins Find(ReadOnlySpan<float> values)
    {
        var rows = new Dictionary<int, int>();
        foreach (float value in values)
        {
            if (CategoryOf(value) is >= 0 and var category)
            {
                rows[category] = rows.GetValueOrDefault(category) + 1;
            }
        }

        return new CategoryBins(rows
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key)
            .Take(MaxCategories).Select(pair => pair.Key).Order().ToArray());
    }

    public override int BinOf(float value) =>
        float.IsNaN(value) ? Missing : _bins.GetValueOrDefault(CategoryOf(value), Rest);

    public override void Fill(ReadOnlySpan<float> values, Span<ulong> words, int shift)
    {
        for (int row = 0; row < words.Length; row++)
        {
            words[row] |= (ulong)BinOf(values[row]) << shift;
        }
    }

    /// <summary>The categories of some bins.</summary>
    public ValueSet ToSet(BinSet bins) =>
        new(Enumerable.Range(0, _categories.Length).Where(bins.Contains).Select(bin => (float)_categories[bin]));

    /// <summary>-1 when the value is no category.</summary>
    private static int CategoryOf(float value) => value >= 0 && value < 1 << 24 ? (int)value : -1;
}
