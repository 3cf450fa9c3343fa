using System.IO.Compression;
using System.Text;

namespace WinBack.Trees.ModelFiles.MlNet;

/// <summary>Writes an archive as ML.NET 5 saves it: input schema, transforms, and the predictor under its prediction transformer.</summary>
/// <remarks>
/// A model that was read from ML.NET keeps its predictor and its preparation, so that these streams are byte for byte what they
/// were. Any other model has its preparation moved into the trees, if that is needed, and a predictor made for it.
/// </remarks>
internal static class MlNetWriter
{
    private const string LibraryVersion = "5.0.0\n";
    private const int AllScopes = 7;
    private static readonly DateTimeOffset FileTime = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <exception cref="ConversionException">The format cannot express something; it is named.</exception>
    public static byte[] Write(TreeModel model)
    {
        FoldedModel.CheckCategories(model, MlNetBodyBuilder.Target);
        var body = KnownBody(model) ?? MlNetBodyBuilder.Build(model.Ensemble);
        var transforms = MlNetPipelineWriter.Write(model);
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["TrainingInfo/Version.txt"] = Encoding.UTF8.GetBytes(LibraryVersion),
            ["Schema"] = MlNetSchema.Write(model.Columns),
            ["TransformerChain/Model.key"] = Chain(transforms.Count + 1),
        };
        for (int t = 0; t < transforms.Count; t++)
        {
            foreach (var (name, bytes) in transforms[t])
            {
                files[$"TransformerChain/Transform_{t:000}/{name}"] = bytes;
            }
        }

        AddPredictor(files, $"TransformerChain/Transform_{transforms.Count:000}/", body, model);
        return Zip(files);
    }

    private static MlNetBody? KnownBody(TreeModel model) =>
        model.MlNetBody is { } body && MlNetTreePredictors.FindOrNull(body.Signature)?.Version == body.Version
            ? body
            : null;

    private static byte[] Chain(int transforms)
    {
        var key = new ModelKeyWriter(MlNetComponent.Chain);
        key.Array(Enumerable.Repeat(AllScopes, transforms).ToArray());
        return key.ToArray();
    }

    private static void AddPredictor(Dictionary<string, byte[]> files, string folder, MlNetBody body, TreeModel model)
    {
        files[folder + "Model.key"] = Prediction(body.Signature);
        files[folder + "TrainSchema"] = MlNetSchema.Write(model.Columns, MlNetPipelineWriter.Features, body.FeatureCount);
        if (MlNetCalibratorWriter.Write(model.Ensemble.Link) is not { } calibrator)
        {
            files[folder + "Model/Model.key"] = MlNetBodyWriter.Write(body);
            return;
        }

        files[folder + "Model/Model.key"] = new ModelKeyWriter(MlNetComponent.Calibrated).ToArray();
        files[folder + "Model/Predictor/Model.key"] = MlNetBodyWriter.Write(body);
        files[folder + "Model/Calibrator/Model.key"] = calibrator;
    }

    private static byte[] Prediction(string signature)
    {
        bool isBinary = signature is "FTREE BC" or "LGBBINCL";
        bool isRanking = signature is "FTREE RA" or "LGBMRANK";
        var key = new ModelKeyWriter(isBinary ? MlNetComponent.BinaryPrediction
            : isRanking ? MlNetComponent.RankingPrediction
            : MlNetComponent.RegressionPrediction);
        key.Name(MlNetPipelineWriter.Features);
        if (isBinary)
        {
            // The class is 1 where the score is above this threshold.
            key.Body.Write(0f);
            key.Name("Score");
        }

        return key.ToArray();
    }

    /// <summary>Always the same bytes for the same model: entries by name, all of one time.</summary>
    private static byte[] Zip(Dictionary<string, byte[]> files)
    {
        using var target = new MemoryStream();
        using (var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
            {
                var entry = zip.CreateEntry(name);
                entry.LastWriteTime = FileTime;
                using var stream = entry.Open();
                stream.Write(bytes);
            }
        }

        return target.ToArray();
    }
}
