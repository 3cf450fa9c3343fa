using WinBack.Cli.Datasets;
using WinBack.Core.Features;
using WinBack.Trees.ModelFiles;
using WinBack.Trees.Training;

namespace WinBack.Cli.Training;

/// <summary>A training table read from CSV: features, labels, and what is known about where it came from.</summary>
/// <param name="Sha256">Of the file as it lies on disk.</param>
/// <param name="Manifest">The one beside the table; null when there is none.</param>
internal sealed record TableFile(string Path, TrainingTable Table, string Sha256, DatasetManifest? Manifest)
{
    /// <summary>Texts of categories by feature; a value is the place of its text.</summary>
    internal required IReadOnlyDictionary<string, IReadOnlyList<string>> Categories { get; init; }

    /// <summary>Shape [rows]; empty when no segment column was named.</summary>
    internal required string[] Segments { get; init; }

    /// <summary>Shape [rows]: rows of one customer have one number; empty when the table does not name customers.</summary>
    internal required int[] Customers { get; init; }

    /// <summary>Of WinBack's features when the columns are those, else of the column names.</summary>
    internal string FeatureSchemaHash =>
        Manifest?.FeatureSchemaHash
        ?? (IsOurs ? FeatureSchema.Default.Hash : FeatureNameHash.Compute(Table.FeatureNames));

    /// <summary>Whether the features are those that WinBack serves.</summary>
    internal bool IsOurs => Table.FeatureNames.SequenceEqual(FeatureSchema.Default.Names);

    /// <summary>
    /// Reads every column that is not the label, the time, the weight or left out as a feature; an empty field is
    /// missing.
    /// </summary>
    /// <param name="argument">The option that named the file; for messages.</param>
    /// <exception cref="BadInputException">The file is no such table; the message names line and column.</exception>
    internal static TableFile Read(string path, string argument, TableColumns columns) => CsvFile.Read(path, argument, csv =>
    {
        var rows = new TableRows(path, csv, columns);
        TrainingTable table = rows.ReadAll();
        return new TableFile(path, table, InputFile.Sha256Of(path), DatasetManifest.TryLoad(path))
        {
            Categories = rows.Categories,
            Segments = rows.Segments,
            Customers = rows.Customers,
        };
    });
}
