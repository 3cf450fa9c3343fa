namespace WinBack.Core.Policy;

/// <summary>Checks what a cap counts within: a sliding window, a period, or the time since the last touch (rules C2).</summary>
internal static class CapWindowChecks
{
    private static readonly TimeSpan ShortestWindow = TimeSpan.FromMinutes(1);

    internal static void Check(string path, CapConfig cap, SendWindowsConfig windows, FieldChecks check)
    {
        if (cap.MinGap != TimeSpan.Zero)
        {
            check.Range(path + ".min_gap", cap.MinGap, ShortestWindow, FrequencyCap.LongestWindow);
            if (cap.Limit != 0 || cap.Window != TimeSpan.Zero || cap.Period.Length > 0)
                check.Add(
                    path + ".min_gap", "a minimum gap has no limit, window or period", "leave those out, or write a cap of its own");
            return;
        }

        check.Range(path + ".limit", cap.Limit, 1, 100, "touches");
        if (cap.Period.Length == 0)
        {
            check.Range(path + ".window", cap.Window, ShortestWindow, FrequencyCap.LongestWindow);
            return;
        }

        CapPeriod? period = check.OneOf<CapPeriod>(path + ".period", cap.Period);
        if (cap.Window != TimeSpan.Zero)
            check.Add(path + ".window", "a cap has a window or a period, not both", "leave one of them out");
        if (period is CapPeriod.Day or CapPeriod.Week or CapPeriod.Month && windows.ZonesWhenUnknown.Count == 0)
            check.Add(
                path + ".period", "a calendar means nothing where the zone is unknown (rule C4)",
                "name a zone in send_windows.zones_when_unknown: the first one's calendar counts");
    }
}
