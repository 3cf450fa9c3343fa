namespace WinBack.Trees.ModelFiles.MlNet;

/// <summary>Reads tree models saved by ML.NET, together with the preparation steps of their pipeline.</summary>
/// <remarks>
/// 1. Unroll the chain of transforms and find the predictor (older files: a Predictor directory without a chain).
/// 2. Read the trees and calibrators.
/// 3. Follow the feature column back through the transforms to the input columns.
/// Trees that read no feature need no step 3. Anything unknown on the way is refused by its signature.
/// </remarks>
internal static class MlNetReader
{
    private const string Chain = "TransformerChain";
    private const string LegacyPredictor = "Predictor";

    /// <exception cref="ModelFormatException">Damaged, not a tree model, or with unsupported parts; the message names them.</exception>
    public static TreeModel Read(string file, byte[] bytes)
    {
        var archive = new MlNetArchive(file, bytes);
        try
        {
            return archive.Has(Chain) ? ReadChain(archive) : ReadLegacy(archive);
        }
        catch (ArgumentException e)
        {
            throw new ModelFormatException(file, e.Message, "The model is damaged: save it again.", e);
        }
    }

    private static TreeModel ReadLegacy(MlNetArchive archive)
    {
        var predictor = new MlNetPredictor(archive);
        predictor.Read(LegacyPredictor);
        var ensemble = predictor.ToEnsemble(Numbered("Features", predictor.FeatureCount));
        return new TreeModel(ensemble) { Format = ModelFormat.MlNet, MlNetBody = predictor.Body };
    }

    private static TreeModel ReadChain(MlNetArchive archive)
    {
        var pipeline = new MlNetPipeline(archive, Chain);
        int at = FindPredictor(pipeline);
        var (key, directory) = pipeline.Steps[at];
        string column = key.Name();
        var predictor = new MlNetPredictor(archive);
        predictor.Read(directory + "/Model");
        foreach (var (_, calibrated) in pipeline.Steps.Skip(at + 1).Where(step => step.Key.Signature == "CALTRANS"))
        {
            predictor.Calibrate(calibrated + "/Calibrator");
        }

        var ensemble = predictor.ToEnsemble(Numbered(column, predictor.FeatureCount));
        if (ensemble.Trees.All(tree => tree.Nodes.Length == 0))
        {
            return new TreeModel(ensemble) { Format = ModelFormat.MlNet };
        }

        var map = pipeline.MapTo(column, at, predictor.FeatureCount);
        ensemble = predictor.ToEnsemble(map.FeatureNames.ToArray());
        return new TreeModel(ensemble, null, map) { Format = ModelFormat.MlNet, MlNetBody = predictor.Body };
    }

    private static int FindPredictor(MlNetPipeline pipeline)
    {
        for (int i = pipeline.Steps.Count - 1; i >= 0; i--)
        {
            if (pipeline.Steps[i].Key.Signature is "BIN PRED" or "REG PRED" or "RANKPRED" or "MC  PRED")
            {
                return i;
            }
        }

        string found = string.Join(", ", pipeline.Steps.Select(step => $"'{step.Key.Signature}'").Distinct());
        throw pipeline.Steps.Count == 0
            ? new ModelFormatException(Chain, "The chain is empty.", "Save the trained model, not an empty one.")
            : pipeline.Steps[^1].Key.Fault($"No predictor among {found}.");
    }

    private static string[] Numbered(string name, int count) => count is >= 0 and <= MlNetPipeline.MaxSlots
        ? Enumerable.Range(0, count).Select(i => $"{name}.{i}").ToArray()
        : throw new ModelFormatException(name, $"{count} features are out of range.", "The model is damaged: save it again.");
}
