using System.Globalization;

namespace WinBack.Core.Policy.Sequences;

/// <summary>
/// Whether the days of the lapse that an action is for, and the days at which its step may come, have any in common (rules S1).
/// Only the triggers that are the lapse have days of it.
/// </summary>
internal static class StepReach
{
    internal static void Check(string at, TouchSequenceConfig sequence, int index, ActionConfig action, FieldChecks check)
    {
        if (sequence.Trigger is not ("lapse" or "cancellation") || !action.RequiresLapse) return;
        double earliest = (sequence.After + sequence.Steps[index].At).TotalDays;
        if (action.MaxLapseDays <= earliest)
            check.Add(
                at, $"'{action.Name}' is never sent: the step comes on day {Day(earliest)} of the lapse at the earliest, and max_lapse_days is "
                    + Day(action.MaxLapseDays.Value),
                "write an earlier day, or a later max_lapse_days", "S1");
        if (sequence.Within == TimeSpan.Zero) return;
        double end = sequence.Within.TotalDays + (index == 0 ? 0 : sequence.Days);
        if (action.MinLapseDays >= end)
            check.Add(
                at, $"'{action.Name}' is never sent: the step comes before day {Day(end)} of the lapse, and min_lapse_days is "
                    + Day(action.MinLapseDays),
                "write fewer days, or a later 'within'", "S1");
    }

    private static string Day(double days) => days.ToString("0.##", CultureInfo.InvariantCulture);
}
