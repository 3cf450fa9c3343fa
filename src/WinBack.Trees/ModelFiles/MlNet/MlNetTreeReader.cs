using WinBack.Trees.Ensemble;

namespace WinBack.Trees.ModelFiles.MlNet;

/// <summary>Reads the body of ML.NET's tree ensembles (FastTree, FastForest, LightGBM under ML.NET).</summary>
internal static class MlNetTreeReader
{
    /// <summary>Body versions (the N of 0x1000N) since which a signature writes a part: feature count, defaults, categories.</summary>
    private static readonly Dictionary<string, (int Features, int Defaults, int Categories, int Newest)> Versions = new(StringComparer.Ordinal)
    {
        ["FTREE BC"] = (2, 4, 5, 5),
        ["FTREE RE"] = (2, 4, 5, 5),
        ["FTREE RA"] = (2, 4, 5, 5),
        ["LGBBINCL"] = (2, 4, 5, 5),
        ["LGBSIREG"] = (2, 4, 5, 5),
        ["LGBMRANK"] = (2, 4, 5, 5),
        ["FTREE TW"] = (1, 2, 3, 3),
        ["FFORE BC"] = (3, 5, 6, 6),
        ["FFORE RE"] = (3, 5, 6, 6),
    };

    /// <summary>Reads one ensemble; the body must be used up exactly.</summary>
    /// <param name="key">The component, at the start of its body.</param>
    /// <param name="output">The output its trees add to.</param>
    /// <exception cref="ModelFormatException">Not a tree ensemble, damaged, newer than known, or with affine leaves.</exception>
    public static MlNetTrees Read(ModelKey key, int output)
    {
        if (!Versions.TryGetValue(key.Signature, out var since))
        {
            throw key.Unsupported();
        }

        var (features, defaults, categories, newest) = since;
        int version = key.Version - 0x10000;
        if (version < 1 || version > newest)
        {
            throw new ModelFormatException(
                key.Path, $"Version 0x{key.Version:x} of '{key.Signature}' is unknown (newest: 0x{0x10000 + newest:x}).", "Update this program.");
        }

        var body = key.Body;
        ExpectFloatSize(key);
        var trees = new Tree[body.Count("trees", 1 + 4 + 8 + 8)];
        var arrays = new MlNetTreeArrays[trees.Length];
        int largestFeature = -1;
        for (int t = 0; t < trees.Length; t++)
        {
            var builder = new MlNetTreeBuilder(key, hasDefaults: version >= defaults, hasCategories: version >= categories);
            arrays[t] = ReadTree(key, builder);
            trees[t] = builder.Build(arrays[t], output);
            largestFeature = Math.Max(largestFeature, builder.LargestFeature);
        }

        double bias = body.Double();
        string? firstInput = key.NameOrNull();
        string? options = key.NameOrNull();
        int count = version >= features ? body.Int32() : largestFeature + 1;
        if (key.Signature == "FFORE RE")
        {
            body.Int32();
        }

        body.ExpectEnd();
        var whole = new MlNetBody(key.Signature, key.Version, arrays, bias, firstInput, options, count);
        return new MlNetTrees(whole, trees, count, key.Signature == "FFORE RE" ? Math.Max(1, trees.Length) : 1);
    }

    public static void ExpectFloatSize(ModelKey key)
    {
        int size = key.Body.Int32();
        if (size != sizeof(float))
        {
            throw key.Fault($"Numbers of {size} bytes instead of 4.");
        }
    }

    private static MlNetTreeArrays ReadTree(ModelKey key, MlNetTreeBuilder builder)
    {
        byte type = key.Body.Byte();
        if (type is not (MlNetTreeArrays.RegressionTree or MlNetTreeArrays.ForestTree))
        {
            throw new ModelFormatException(key.Path, $"Trees of type {type} (affine leaves) are not supported.", "Train without linear leaves.");
        }

        var arrays = builder.Read(type);
        if (type == MlNetTreeArrays.ForestTree)
        {
            builder.SkipForestSamples(hasWeights: key.Version >= 0x10002);
        }

        return arrays;
    }
}
