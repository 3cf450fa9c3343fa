using WinBack.Trees.Ensemble;
using WinBack.Trees.Training;

namespace WinBack.Cli.Training;

/// <summary>Puts the columns of a table into the order of a model's features.</summary>
internal static class TableOrder
{
    /// <exception cref="BadInputException">The table lacks features of the model; all are named.</exception>
    internal static TrainingTable As(TableFile file, TreeEnsemble ensemble)
    {
        TrainingTable table = file.Table;
        if (table.FeatureNames.SequenceEqual(ensemble.FeatureNames, StringComparer.Ordinal)) return table;
        string[] names = table.FeatureNames.ToArray();
        int[] columns = ensemble.FeatureNames.Select(name => Array.IndexOf(names, name)).ToArray();
        string missing = string.Join(", ", ensemble.FeatureNames.Where((_, f) => columns[f] < 0));
        if (missing.Length > 0)
            throw new BadInputException(
                $"{file.Path} lacks features of the model: {missing}. Make the table with this version's 'winback dataset'.");
        return new TrainingTable(
            ensemble.FeatureNames,
            columns.Select(column => table.Column(column).ToArray()).ToArray(),
            table.Labels.ToArray(),
            table.Weights.Length == 0 ? null : table.Weights.ToArray(),
            table.Times.Length == 0 ? null : table.Times.ToArray());
    }
}
