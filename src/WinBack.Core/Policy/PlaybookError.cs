namespace WinBack.Core.Policy;

/// <summary>One thing wrong with a playbook.</summary>
/// <param name="Path">The field, e.g. <c>actions[2].offer.cost</c>.</param>
/// <param name="Problem">What is wrong, with the value found.</param>
/// <param name="Fix">What to write instead.</param>
/// <param name="Rule">Id of the win-back rule that is broken, e.g. <c>S2</c>; "" for an error of form.</param>
public sealed record PlaybookError(string Path, string Problem, string Fix, string Rule = "")
{
    /// <summary>The problem with the rule it breaks.</summary>
    public string Cited => Rule.Length == 0 ? Problem : $"{Problem} (rule {Rule})";

    public override string ToString() => $"{Path}: {Cited}; {Fix}";
}
