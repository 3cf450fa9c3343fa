namespace WinBack.Trees.ModelFiles;

/// <summary>A model file of another tool as the package that serving takes.</summary>
public static class ForeignPackage
{
    private const int GoldenRows = 200;

    /// <summary>
    /// Reads the file, moves what it brings to prepare its inputs into the trees, and makes a manifest and golden rows for it.
    /// The same file always makes the same package.
    /// </summary>
    /// <param name="path">A file of any known format.</param>
    /// <param name="name">Of the model in the manifest.</param>
    /// <param name="schemaHash">Of the features that will be passed; whether they are all known is for the caller to check.</param>
    /// <exception cref="ModelFormatException">The file is no model, or wants text columns.</exception>
    public static ModelPackage Read(string path, string name, string schemaHash)
    {
        TreeModel model = ModelReader.Open(path);
        try
        {
            model = model.OverColumns();
        }
        catch (ConversionException inexpressible)
        {
            throw new ModelFormatException(path, inexpressible.Message, "Train it on numbers only.", inexpressible);
        }

        var card = new ModelCard
        {
            Name = name,
            LabelDefinition = $"as trained in {Path.GetFileName(path)}",
            Objective = "unknown",
            FeatureSchemaHash = schemaHash,
            TrainingParameters = new Dictionary<string, string> { ["source"] = model.Format.ToString() },
            CreatedTime = File.GetLastWriteTimeUtc(path),
        };
        return ModelDirectory.Pack(path, model.Ensemble, card, new SampleRows(model).Features(GoldenRows, seed: 1));
    }
}
