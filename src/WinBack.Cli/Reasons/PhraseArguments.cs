using System.CommandLine;

namespace WinBack.Cli.Reasons;

/// <summary>The options that name a file of texts and reasons.</summary>
internal sealed class PhraseArguments
{
    private readonly Option<string> _phrases = new("--phrases") { Description = "CSV file with texts and reasons, maybe gzip.", Required = true };
    private readonly Option<string> _text = new("--text-column") { Description = "Column of the texts.", DefaultValueFactory = _ => "text" };
    private readonly Option<string> _reason = new("--reason-column") { Description = "Column of the reasons.", DefaultValueFactory = _ => "reason" };

    private readonly Option<string[]> _map = new("--map")
    {
        Description = "What the file calls a reason: budget=price. May be repeated.", AllowMultipleArgumentsPerToken = true,
    };

    internal void AddTo(Command command)
    {
        command.Add(_phrases);
        command.Add(_text);
        command.Add(_reason);
        command.Add(_map);
    }

    /// <exception cref="BadInputException">The file cannot be read.</exception>
    internal IReadOnlyList<Phrase> Read(ParseResult parsed) => PhraseTable.Read(
        parsed.GetRequiredValue(_phrases), parsed.GetRequiredValue(_text), parsed.GetRequiredValue(_reason),
        PhraseTable.Mapping(parsed.GetValue(_map) ?? []));
}
