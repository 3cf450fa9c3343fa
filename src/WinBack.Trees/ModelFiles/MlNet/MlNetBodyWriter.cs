namespace WinBack.Trees.ModelFiles.MlNet;

/// <summary>Writes the body of a tree predictor in its newest version.</summary>
internal static class MlNetBodyWriter
{
    public static byte[] Write(MlNetBody body)
    {
        var key = new ModelKeyWriter(MlNetTreePredictors.Find(body.Signature));
        key.Body.Write(sizeof(float));
        key.Body.Write(body.Trees.Count);
        foreach (var tree in body.Trees)
        {
            WriteTree(key, tree);
        }

        key.Body.Write(body.Bias);
        key.Name(body.FirstInput);
        key.Name(body.Options);
        key.Body.Write(body.FeatureCount);
        return key.ToArray();
    }

    private static void WriteTree(ModelKeyWriter key, MlNetTreeArrays tree)
    {
        key.Body.Write(tree.Type);
        key.Body.Write(tree.Leaves);
        key.Body.Write(tree.MaxOutput);
        key.Body.Write(tree.Weight);
        key.Array(tree.Left);
        key.Array(tree.Right);
        key.Array(tree.Features);
        key.Array(tree.Categories.Select(categories => categories.Node).ToArray());
        foreach (var categories in tree.Categories)
        {
            key.Array(categories.Slots);
            key.Body.Write(categories.First);
            key.Body.Write(categories.Last);
        }

        key.Array(tree.BinThresholds);
        key.Array(tree.Thresholds);
        key.Array(tree.Defaults);
        key.Array(tree.LeafValues);
        key.Array(tree.Gains);
        key.Array(tree.PValues);
        key.Array(tree.PreviousValues);
    }
}
