using System.CommandLine;
using System.Text;
using WinBack.Core.Policy.Reasons;

namespace WinBack.Cli.Reasons;

/// <summary><c>winback reasons train</c>: weights from texts and reasons, judged by cross-validation first.</summary>
internal static class ReasonsTrainCommand
{
    private const string Notes = """
        Prints the cross-validated accuracy, then trains on all phrases. The weights are built into the program: build again after
        writing them to src/WinBack.Core/Policy/Reasons/reason-words.tsv. Without --out it only judges.

        Examples:
          winback reasons train --phrases models/reasons/phrases.csv --words models/reasons/words.csv \
            --out src/WinBack.Core/Policy/Reasons/reason-words.tsv
          winback reasons train --phrases churn.csv --text-column feedback_text --reason-column reason_code --map pricing=price budget=price
        """;

    internal static Command Build()
    {
        var phrases = new PhraseArguments();
        var folds = new Option<int>("--folds") { Description = "Folds of the cross-validation, 2 to 20.", DefaultValueFactory = _ => 5 };
        var words = new Option<string?>("--words") { Description = "CSV file (reason, text) of telling words: trained on, never judged." };
        var to = new Option<string?>("--out") { Description = "File for the weights." };
        var command = new NotedCommand("train", "Trains the tagger on texts and reasons, and says how well it does on texts it has not seen.", Notes)
        {
            folds, words, to,
        };
        phrases.AddTo(command);
        command.SetAction(parsed =>
        {
            int count = parsed.GetValue(folds);
            if (count is < 2 or > 20) throw new BadInputException($"--folds {count}: write 2 to 20");
            IReadOnlyList<Phrase> read = phrases.Read(parsed);
            IReadOnlyList<Phrase> telling =
                parsed.GetValue(words) is { } list ? PhraseTable.Read(list, "text", "reason", PhraseTable.Mapping([])) : [];
            TextWriter output = parsed.InvocationConfiguration.Output;
            TaggerScore.CrossValidated(read, telling, count).Write(output, $"{count}-fold cross-validation");
            string weights = TaggerTrainer.Train([.. read, .. telling]);
            using var text = new StringReader(weights);
            TaggerScore.Of(TextTagger.Read(text), read).Write(output, "on the phrases it was trained on");
            if (parsed.GetValue(to) is not { } path) return ExitCode.Ok;
            using OutputFile file = OutputFile.Create(path, "--out");
            file.Stream.Write(Encoding.UTF8.GetBytes(weights));
            file.Complete();
            output.WriteLine($"{path}: {weights.Count(c => c == '\n') - 2:N0} words and pairs");
            return ExitCode.Ok;
        });
        return command;
    }
}
