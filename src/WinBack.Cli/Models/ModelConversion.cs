using WinBack.Core.Features;
using WinBack.Trees.ModelFiles;

namespace WinBack.Cli.Models;

/// <summary>Writes one model in another form, reads it back and compares.</summary>
internal sealed class ModelConversion
{
    private const int GoldenRows = 200;
    private const int Seed = 1;

    private readonly string _source;
    private readonly TreeModel _model;
    private readonly ModelComparison _comparison;

    /// <exception cref="BadInputException">The map has names that the model does not know, or makes two the same.</exception>
    internal ModelConversion(string source, TreeModel model, ColumnNameMap map)
    {
        _source = source;
        try
        {
            _model = model.Renamed(map);
        }
        catch (ArgumentException unfit)
        {
            throw new BadInputException($"--map: {unfit.Message}", unfit);
        }

        _comparison = new ModelComparison(_model);
    }

    /// <summary>Writes our own format, with the preparation of inputs that came with the model.</summary>
    /// <returns>What was written, in a line.</returns>
    /// <exception cref="BadInputException">It cannot be folded, or written.</exception>
    internal string ToDirectory(string directory, string? name, bool folds)
    {
        TreeModel model = _model;
        Guarded(directory, () => model = folds || _model.Inputs?.IsPlain == true ? _model.OverColumns() : _model);
        var card = _model.Manifest?.Card ?? new ModelCard
        {
            Name = name ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory))),
            LabelDefinition = $"as trained in {Path.GetFileName(_source)}",
            Objective = "unknown",
            FeatureSchemaHash = "",
            TrainingParameters = new Dictionary<string, string> { ["source"] = LinkText.OfFormat(_model.Format) },
            CreatedTime = TimeProvider.System.GetUtcNow(),
        };
        card = card with { Name = name ?? card.Name, FeatureSchemaHash = SchemaHash() };
        Guarded(directory, () => ModelDirectory.Save(
            directory, model.Ensemble, card, new SampleRows(model).Features(GoldenRows, Seed), model.Inputs));
        return Summary(directory, ModelDirectory.Load(directory), "WinBack model directory");
    }

    /// <exception cref="BadInputException">The format cannot express something, or the file cannot be written.</exception>
    internal string ToFile(string path, ModelFormat format)
    {
        byte[] bytes = [];
        Guarded(path, () => bytes = ModelWriter.Write(_model, format));
        string summary = Summary(path, ModelReader.Read(path, bytes), LinkText.OfFormat(format));
        using OutputFile file = OutputFile.Create(path, "--output");
        file.Stream.Write(bytes);
        file.Complete();
        return summary;
    }

    /// <summary>That of WinBack's features where the model wants nothing else, so that the service takes it.</summary>
    private string SchemaHash()
    {
        string[] names = _model.Columns.Select(column => column.Name).ToArray();
        bool isServed = _model.Columns.All(column => !column.IsText && FeatureSchema.Default.IndexOf(column.Name) >= 0);
        return isServed ? FeatureSchema.Default.Hash : FeatureNameHash.Compute(names);
    }

    private void Guarded(string path, Action write)
    {
        try
        {
            write();
        }
        catch (ConversionException inexpressible)
        {
            throw new BadInputException($"{_source}: {inexpressible.Message}", inexpressible);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"--output {path} cannot be written: {cause.Message}", cause);
        }
    }

    private string Summary(string path, TreeModel written, string format)
    {
        double difference = _comparison.LargestDifference(path, written);
        string same = difference == 0 ? "the same raw scores" : FormattableString.Invariant($"raw scores within {difference:0.0e0}");
        return $"{path}: {format}, {written.Ensemble.Trees.Count} trees, {written.Ensemble.LeafCount} leaves; {same} on {ModelComparison.Rows} rows";
    }
}
