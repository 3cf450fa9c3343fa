using System.CommandLine;
using WinBack.Core.Policy;

namespace WinBack.Cli.Policy;

/// <summary>Changes of the registry of playbooks, readable.</summary>
internal static class ReleaseText
{
    /// <summary>Says what came of a change.</summary>
    /// <exception cref="BadInputException">It is refused; the message says why, and the fix.</exception>
    internal static int Tell(ParseResult parsed, PlaybookStep step, bool isTrial)
    {
        if (step.Problem.Length > 0) throw new BadInputException(step.Problem);
        TextWriter text = parsed.InvocationConfiguration.Output;
        if (step.Entry is null) text.WriteLine("Nothing to do: it is so already.");
        else text.WriteLine((isTrial ? "Would be revision " : "Revision ") + Line(step.Entry));
        text.WriteLine($"live: {PlaybookReleases.Shown(step.Next.Live)}");
        return ExitCode.Ok;
    }

    internal static string Line(PlaybookAuditEntry entry)
    {
        string why = entry.Reason.Length > 0 ? $": {entry.Reason}" : "";
        return FormattableString.Invariant($"{entry.Revision}  {entry.Time:yyyy-MM-dd HH:mm:ss}  ")
            + $"{entry.Change.ToString().ToLowerInvariant()} {PlaybookReleases.Shown(entry.From)} -> {PlaybookReleases.Shown(entry.To)}"
            + $"  by {entry.By}{why}";
    }
}
