using System.CommandLine;
using WinBack.Cli.Datasets;
using WinBack.Trees.ModelFiles;

namespace WinBack.Cli.Training;

/// <summary>The options by which train and evaluate are told the columns of a table.</summary>
internal sealed class TableArguments
{
    private readonly Option<string> _label = new("--label")
    {
        Description = "Column with the label: 0 or 1, or a number with --objective squarederror, poisson or tweedie.",
        DefaultValueFactory = _ => DatasetWriter.LabelColumn,
    };

    private readonly Option<string?> _positive = new("--positive")
    {
        Description = "Text of the label that counts as 1; any other is 0. For labels like Yes and No.",
    };

    private readonly Option<string?> _time = new("--time")
    {
        Description = "Column with the time of a row (UTC). Default: cut_time, when there is one.",
    };
    private readonly Option<string?> _weight = new("--weight") { Description = "Column with the weight of a row." };

    private readonly Option<string[]> _leftOut = new("--leave-out")
    {
        Description = "Columns that are no features, besides customer_id; with commas or spaces between.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _segment = new("--segment")
    {
        Description = "Column that names the segment of a row; figures are given for each. Add it to --leave-out when it is no feature.",
    };

    internal void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_label, _positive, _time, _weight, _leftOut, _segment]) command.Options.Add(option);
    }

    internal TableColumns Read(ParseResult parsed) =>
        new(parsed.GetValue(_label)!, parsed.GetValue(_time), parsed.GetValue(_weight), Names(parsed.GetValue(_leftOut)))
        {
            Positive = parsed.GetValue(_positive),
            Segment = parsed.GetValue(_segment),
        };

    /// <summary>The same for a table that a model is to judge: labels and categories are as the model has them.</summary>
    internal TableColumns Read(ParseResult parsed, TreeModel model) => Read(parsed) with
    {
        IsBinary = model.Ensemble.Link.GivesProbabilities,
        Categories = CategoriesOf(model),
    };

    /// <summary>Names with commas or spaces between.</summary>
    internal static IReadOnlyList<string> Names(string[]? given) =>
        (given ?? []).SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToArray();

    internal static IReadOnlyDictionary<string, IReadOnlyList<string>> CategoriesOf(TreeModel model) =>
        (model.Manifest?.Card.Features ?? []).Where(f => f.Categories.Count > 0).ToDictionary(f => f.Name, f => f.Categories);
}
