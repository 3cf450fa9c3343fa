namespace WinBack.Core.Policy;

/// <summary>What a rule makes of a catalogue: the next one and its audit entry, nothing to do, or a problem.</summary>
/// <param name="Next">The catalogue afterwards; the same object when there was nothing to do or it was refused.</param>
/// <param name="Entry">Null when nothing changes.</param>
/// <param name="Problem">In words what is wrong and the fix; "" when nothing is.</param>
public sealed record PlaybookStep(PlaybookCatalogue Next, PlaybookAuditEntry? Entry, string Problem)
{
    /// <summary>It is already so: repeating a change is harmless.</summary>
    internal static PlaybookStep Nothing(PlaybookCatalogue catalogue) => new(catalogue, null, "");

    internal static PlaybookStep Refuse(PlaybookCatalogue catalogue, string problem) => new(catalogue, null, problem);
}
