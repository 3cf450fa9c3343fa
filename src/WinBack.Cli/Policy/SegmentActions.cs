using WinBack.Core.Policy;

namespace WinBack.Cli.Policy;

/// <summary>Which actions a segment (rules L2) may get at all.</summary>
internal static class SegmentActions
{
    /// <summary>Every segment, and "none of these" for customers who are of none.</summary>
    internal static IReadOnlyList<string> Segments { get; } = [.. Names.All<Segment>(), "none of these"];

    /// <summary>Names, in the order of the playbook.</summary>
    internal static IReadOnlyList<string> Of(PlaybookConfig playbook, string segment) =>
        [.. playbook.Actions.Where(a => a.Segments.Count == 0 || a.Segments.Contains(segment)).Select(a => a.Name)];
}
