namespace WinBack.Core.Policy.Sequences;

/// <summary>
/// Whether caps had a place for a step at the instant it was due. Only touches that were sent count: one that is merely
/// reserved may come to nothing, and the step then waits instead of being left out.
/// </summary>
internal static class FullCaps
{
    /// <summary>Full when each of its actions has a full cap.</summary>
    internal static bool IsFull(StepModel step, DateTimeOffset due, PolicyContext c)
    {
        foreach (int place in step.Actions)
            if (!IsFull(c.Playbook.Actions[place].Caps, due, c)) return false;
        return true;
    }

    private static bool IsFull(IReadOnlyList<CapUse> caps, DateTimeOffset due, PolicyContext c)
    {
        foreach (CapUse cap in caps)
            if (cap.IsEnforced && Count(cap, due, c) >= cap.Limit) return true;
        return false;
    }

    private static int Count(CapUse cap, DateTimeOffset due, PolicyContext c)
    {
        if (!c.Touches.SentByKey.TryGetValue(cap.Key, out IReadOnlyList<DateTimeOffset>? times)) return 0;
        // The last instant that does not count.
        DateTimeOffset outside = cap.Period == CapPeriod.None ? due - cap.Window : c.Bounds.StartOf(cap.Period, due).AddTicks(-1);
        int count = 0;
        foreach (DateTimeOffset time in times)
            if (time > outside && time <= due) count++;
        return count;
    }
}
