using System.CommandLine;
using WinBack.Cli.Arguments;
using WinBack.Trees.ModelFiles;

namespace WinBack.Cli.Training;

/// <summary>The options of `winback train` that say what the model is and not how it is made.</summary>
internal sealed class CardArguments
{
    private readonly Option<string?> _name = new("--name") { Description = "Name of the model. Default: the last part of --out." };
    private readonly Option<string?> _definition = new("--label-definition")
    {
        Description = "What the label means, in words. Default: from the table's manifest.",
    };

    private readonly Option<DateTimeOffset?> _created = TimeArguments.Instant(
        "--created", "Creation time for the manifest, so that it can be made again exactly: latency is not measured then. Default: now.");
    private readonly Option<string?> _champion = new("--champion")
    {
        Description = "Model to compare with on the same rows; it becomes the parent unless --parent says otherwise.",
    };

    private readonly Option<string?> _parent = new("--parent") { Description = "Version of the model that this one follows." };
    private readonly Option<string?> _approver = new("--approver") { Description = "Who approves the model." };
    private readonly Option<string?> _reason = new("--reason") { Description = "Why, in words." };

    internal void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_name, _definition, _created, _champion, _parent, _approver, _reason])
            command.Options.Add(option);
    }

    /// <exception cref="BadInputException">It is no whole model.</exception>
    internal TreeModel? Champion(ParseResult parsed) =>
        parsed.GetValue(_champion) is { } path ? ModelArgument.Open(path, "--champion") : null;

    /// <summary>What the card says of the label, by these options.</summary>
    internal (string Name, string? Label, DateTimeOffset Created) Definition(ParseResult parsed, string directory) => (
        parsed.GetValue(_name) ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(directory)),
        parsed.GetValue(_definition),
        parsed.GetValue(_created) ?? TimeProvider.System.GetUtcNow());

    /// <summary>Adds what only these options know, and the latency unless the manifest is to be made again exactly.</summary>
    internal ModelCard Complete(ParseResult parsed, ModelCard card, TrainedModel trained, TreeModel? champion)
    {
        string? approver = parsed.GetValue(_approver);
        return card with
        {
            Parent = parsed.GetValue(_parent) ?? champion?.Manifest?.Card.Version ?? champion?.Manifest?.BinarySha256,
            Approval = approver is null ? null : new ModelApproval(approver, card.CreatedTime, parsed.GetValue(_reason) ?? ""),
            Latency = parsed.GetValue(_created) is null
                ? LatencyProbe.Measure(new TreeModel(trained.Ensemble), trained.GoldenRows)
                : null,
        };
    }
}
