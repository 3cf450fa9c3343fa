using System.CommandLine;

namespace WinBack.Cli;

/// <summary>A command that hands its arguments to another program as they are, its --help included.</summary>
internal sealed class ForwardingCommand : NotedCommand
{
    private readonly Func<IReadOnlyList<string>, CancellationToken, Task<int>> _run;

    internal ForwardingCommand(
        string name, string description, string notes, Func<IReadOnlyList<string>, CancellationToken, Task<int>> run)
        : base(name, description, notes)
    {
        _run = run;
        TreatUnmatchedTokensAsErrors = false;
        SetAction((parsed, stop) => _run(parsed.UnmatchedTokens, stop));
    }

    /// <summary>Help about one of the arguments is the other program's; without any, this command's own is shown.</summary>
    internal override int? Help(ParseResult parsed) => parsed.UnmatchedTokens.Count == 0
        ? null
        : _run([.. parsed.UnmatchedTokens, "--help"], CancellationToken.None).GetAwaiter().GetResult();
}
