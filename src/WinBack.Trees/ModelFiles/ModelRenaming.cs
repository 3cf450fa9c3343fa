using WinBack.Trees.Ensemble;
using WinBack.Trees.Inputs;

namespace WinBack.Trees.ModelFiles;

/// <summary>Gives the input columns of a model other names; features that are columns follow.</summary>
internal static class ModelRenaming
{
    /// <exception cref="ArgumentException">A mapped name is not the model's, or two columns would have one name.</exception>
    public static TreeModel Apply(TreeModel model, ColumnNameMap map)
    {
        string[] names = model.Columns.Select(column => map.ColumnOf(column.Name)).ToArray();
        string[] unknown = map.ModelNames.Except(model.Columns.Select(column => column.Name), StringComparer.Ordinal).ToArray();
        string[] twice = names.GroupBy(name => name, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => same.Key).ToArray();
        string faults = (unknown.Length > 0 ? $"the model has no column {string.Join(", ", unknown)}; " : "")
            + (twice.Length > 0 ? $"several columns would be called {string.Join(", ", twice)}" : "");
        if (faults.Length > 0) throw new ArgumentException(faults);
        var inputs = model.Inputs is null ? null : Renamed(model.Inputs, names);
        string[] features = inputs is null ? names : Features(model, inputs, names);
        var trees = model.Ensemble;
        var ensemble = new TreeEnsemble(features, trees.Trees, trees.Link, trees.BaseScores.ToArray(), trees.Divisor, trees.Precision);
        var contracts = model.Manifest?.Card.Features.Select(contract => contract with { Name = map.ColumnOf(contract.Name) }).ToArray();
        var card = model.Manifest is null ? null : model.Manifest.Card with { Features = contracts! };
        var manifest = card is null ? null : model.Manifest! with { FeatureNames = features, Card = card };
        return new TreeModel(ensemble, manifest, inputs) { Format = model.Format, MlNetBody = model.MlNetBody };
    }

    private static InputMap Renamed(InputMap inputs, string[] names) =>
        new(inputs.Columns.Select((column, c) => column with { Name = names[c] }).ToArray(), inputs.Lookups, inputs.Slots);

    /// <summary>A feature with the name of its column takes the new one, unless another feature has it.</summary>
    private static string[] Features(TreeModel model, InputMap inputs, string[] names)
    {
        string[] renamed = inputs.Slots
            .Select(slot => slot.Column >= 0 && slot.Name == model.Columns[slot.Column].Name ? names[slot.Column] : slot.Name)
            .ToArray();
        return renamed.Distinct(StringComparer.Ordinal).Count() == renamed.Length ? renamed : model.FeatureNames.ToArray();
    }
}
