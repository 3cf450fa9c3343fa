namespace WinBack.Core.Policy.Priorities;

/// <summary>Checks priorities and how far ahead they look.</summary>
internal static class PriorityChecks
{
    private const int Highest = 100;
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1), Longest = TimeSpan.FromDays(60);

    internal static void Check(PlaybookConfig playbook, FieldChecks check)
    {
        PriorityConfig priority = playbook.Priority;
        if (priority.Lookahead != TimeSpan.Zero) check.Range("priority.lookahead", priority.Lookahead, Shortest, Longest);
        foreach ((string category, int value) in priority.Categories)
        {
            check.OneOf<ActionCategory>($"priority.categories.{category}", category);
            check.Range($"priority.categories.{category}", value, 0, Highest, "");
        }

        for (int i = 0; i < playbook.Actions.Count; i++)
        {
            if (playbook.Actions[i].Priority is not { } own) continue;
            check.Range($"actions[{i}].priority", own, 0, Highest, "");
            if (own > 0 && priority.Lookahead == TimeSpan.Zero)
                check.Add(
                    $"actions[{i}].priority", "nobody looks at it: priority.lookahead is zero", "write how far ahead to look, e.g. 7d", "C2");
        }
    }

    internal static int Of(ActionConfig action, PriorityConfig priority) =>
        action.Priority ?? priority.Categories.GetValueOrDefault(action.Category);
}
