using System.CommandLine;
using System.Globalization;
using WinBack.Core.Events;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Reasons;

namespace WinBack.Cli.Reasons;

/// <summary><c>winback reasons tag</c>: what one text says.</summary>
internal static class ReasonsTagCommand
{
    private const string Notes = """
        The probabilities are of the text alone, all reasons being as likely beforehand; a decision weighs in codes, behaviour
        and the priors of its playbook.

        Examples:
          winback reasons tag "too expensive, and nobody answered my tickets"
        """;

    internal static Command Build()
    {
        var words = new Argument<string>("text") { Description = "What the customer wrote." };
        var command = new NotedCommand("tag", "Says which reason a text speaks for, and which words decided.", Notes) { words };
        command.SetAction(parsed =>
        {
            TextWriter output = parsed.InvocationConfiguration.Output;
            if (TextTagger.Default.Tag(parsed.GetRequiredValue(words)) is not { } tag)
            {
                output.WriteLine("No word of it is known.");
                return ExitCode.Ok;
            }

            output.WriteLine($"{Names.Of(tag.Reason)}: {string.Join(", ", tag.Words.Select(word => $"'{word}'"))}");
            double sum = tag.Ratios.Sum();
            for (int i = 0; i < tag.Ratios.Count; i++)
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"  {Names.Of((LapseReason)(i + 1)),-16} {tag.Ratios[i] / sum:0.000}"));
            return ExitCode.Ok;
        });
        return command;
    }
}
