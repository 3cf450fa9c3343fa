using WinBack.Core.Models;

namespace WinBack.Cli.Models;

/// <summary>A change of the registry on one line.</summary>
internal static class AuditText
{
    internal static string Line(AuditEntry entry)
    {
        string what = entry.Change == ModelChange.Push
            ? $"push {entry.To}"
            : $"{Word(entry.Change)} {Shown(entry, entry.From)} -> {Shown(entry, entry.To)}";
        string why = entry.Reason.Length > 0 ? $": {entry.Reason}" : "";
        return FormattableString.Invariant(
            $"{entry.Revision}  {entry.Time:yyyy-MM-dd HH:mm:ss}  {entry.Model}  {what}  by {entry.By}{why}");
    }

    private static string Word(ModelChange change) =>
        change == ModelChange.CanaryRollback ? "canary rolled back" : change.ToString().ToLowerInvariant();

    private static string Shown(AuditEntry entry, string version) => version.Length > 0 ? version
        : entry.Change is ModelChange.Promote or ModelChange.Rollback ? "(the folder's)" : "(none)";
}
