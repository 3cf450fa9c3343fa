namespace WinBack.Adapters.Playbooks;

/// <summary>One thing wrong in a playbook file; prints as "file:line: field: problem (rule S2); fix".</summary>
/// <param name="Line">From 1.</param>
/// <param name="Rule">Id of the win-back rule that is broken; "" for an error of form.</param>
public sealed record PlaybookFileError(string File, int Line, string Path, string Problem, string Fix, string Rule = "")
{
    /// <summary>All but the fix.</summary>
    public string Place => Path.Length == 0 ? $"{File}:{Line}: {Cited}" : $"{File}:{Line}: {Path}: {Cited}";

    private string Cited => Rule.Length == 0 ? Problem : $"{Problem} (rule {Rule})";

    public override string ToString() => $"{Place}; {Fix}";
}
