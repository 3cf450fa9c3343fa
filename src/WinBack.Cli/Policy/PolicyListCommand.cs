using System.CommandLine;
using WinBack.Adapters.Redis;
using WinBack.Cli.Arguments;
using WinBack.Core.Policy;

namespace WinBack.Cli.Policy;

/// <summary><c>winback policy list</c>: what the registry of playbooks holds, and who changed what.</summary>
internal static class PolicyListCommand
{
    private const string Notes = """
        Examples:
          winback policy list
          winback policy list --redis 127.0.0.1:6379 --top 50
        """;

    internal static Command Build()
    {
        var top = new Option<int>("--top") { Description = "Versions and changes to list.", DefaultValueFactory = _ => 20 };
        top.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int>() is < 1 or > 1_000) given.AddError("--top must be 1 to 1000");
        });
        var arguments = new ChangeArguments();
        var command = new NotedCommand("list", "Lists the playbooks of the registry and who put them live.", Notes) { top };
        arguments.AddTo(command, isChange: false);
        command.SetAction((parsed, stop) => arguments.RunAsync(parsed, async redis =>
        {
            var registry = new PlaybookRegistry(redis, ChangeArguments.Timeout);
            PlaybookCatalogue catalogue = await registry.ReadAsync(stop);
            int most = parsed.GetValue(top);
            Write(parsed.InvocationConfiguration.Output, catalogue, most, await registry.ReadChangesAsync(catalogue.Revision + 1, most, stop));
            return ExitCode.Ok;
        }));
        return command;
    }

    private static void Write(TextWriter text, PlaybookCatalogue catalogue, int most, IReadOnlyList<PlaybookAuditEntry> changes)
    {
        text.WriteLine($"live: {PlaybookReleases.Shown(catalogue.Live)}");
        text.WriteLine("Versions, latest first");
        foreach (PlaybookVersion version in catalogue.Versions.Reverse().Take(most))
        {
            string line = FormattableString.Invariant(
                $"  {version.Version}  {version.PushTime:yyyy-MM-dd HH:mm:ss}  {version.SizeBytes / 1024.0,8:N1} KiB  by {version.PushedBy}");
            text.WriteLine(version.Version == catalogue.Live ? line + "  live" : line);
        }

        text.WriteLine("Changes, newest first");
        foreach (PlaybookAuditEntry entry in changes) text.WriteLine("  " + ReleaseText.Line(entry));
    }
}
