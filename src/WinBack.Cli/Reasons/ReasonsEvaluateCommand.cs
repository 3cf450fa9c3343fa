using System.CommandLine;
using WinBack.Core.Policy.Reasons;

namespace WinBack.Cli.Reasons;

/// <summary><c>winback reasons evaluate</c>: the built-in tagger on texts that it was not trained on.</summary>
internal static class ReasonsEvaluateCommand
{
    private const string Notes = """
        Compares with the share of the most frequent reason: a tagger that does not beat it has learned nothing of the file's reasons,
        or the file's texts say nothing of them.

        Examples:
          winback reasons evaluate --phrases churn.csv --text-column feedback_text --reason-column reason_code --map pricing=price budget=price
        """;

    internal static Command Build()
    {
        var phrases = new PhraseArguments();
        var command = new NotedCommand("evaluate", "Says how often the tagger names the reason that a file says.", Notes);
        phrases.AddTo(command);
        command.SetAction(parsed =>
        {
            IReadOnlyList<Phrase> read = phrases.Read(parsed);
            TaggerScore.Of(TextTagger.Default, read).Write(parsed.InvocationConfiguration.Output, "the built-in tagger");
            return ExitCode.Ok;
        });
        return command;
    }
}
