using System.Globalization;
using System.Text.RegularExpressions;
using WinBack.Core.Policy.Sequences;

namespace WinBack.Core.Policy.Offers;

/// <summary>Checks what offers promise: dates that cannot move (rules S5), one incentive at a time (S6), codes that hold (S7).</summary>
internal sealed partial class OfferValidator(PlaybookConfig playbook, FieldChecks check)
{
    internal void Validate()
    {
        for (int i = 0; i < playbook.Actions.Count; i++)
            if (playbook.Actions[i].Offer is { } offer) Offer($"actions[{i}].offer", offer, i);
        for (int s = 0; s < playbook.Sequences.Count; s++) Steps($"sequences[{s}]", playbook.Sequences[s]);
    }

    /// <summary>Null when it is no day; the code is good to its end, by UTC.</summary>
    internal static DateTimeOffset? CodeEnd(string lastDay) =>
        DateOnly.TryParseExact(lastDay, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
            ? new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero)
            : null;

    private void Offer(string path, OfferConfig offer, int action)
    {
        check.Range(path + ".days", offer.Days, 1, 90, "days", "S5");
        if (offer.IsDated && offer.IsReminder)
            check.Add(path + ".is_reminder", "a reminder issues no date of its own", "write is_dated or is_reminder, not both", "S5");
        OfferConfig? first = playbook.Actions.Take(action).Select(a => a.Offer).FirstOrDefault(o => o?.Name == offer.Name && !o.IsReminder);
        if (!offer.IsReminder && first is not null && (first.Days != offer.Days || first.IsDated != offer.IsDated))
            check.Add(
                path + ".days", $"could extend the deadline: '{offer.Name}' lasts {first.Days} days elsewhere, here {offer.Days}",
                "write the same days and is_dated, or another name", "S5");
        if (offer.IsReminder && !playbook.Actions.Exists(a => a.Offer is { IsReminder: false, IsDated: true } o && o.Name == offer.Name))
            check.Add(path + ".is_reminder", $"is never sent: no action issues '{offer.Name}' with a date", "add one with is_dated: true", "S5");
        if (offer.Code.Length > 0 && !CodePattern().IsMatch(offer.Code))
            check.Add(path + ".code", $"'{offer.Code}' is no code", "write letters, digits, - and _, at most 64", "S7");
        if (offer.CodeUntil.Length > 0 && (CodeEnd(offer.CodeUntil) is null || offer.Code.Length == 0))
            check.Add(path + ".code_until", $"'{offer.CodeUntil}' is no last day of a code", "write a day as 2026-12-31, beside a code", "S7");
    }

    /// <summary>What the days of one sequence say about its offers.</summary>
    private void Steps(string path, TouchSequenceConfig sequence)
    {
        for (int i = 0; i < sequence.Steps.Count; i++)
            foreach (OfferConfig offer in OffersOf(sequence.Steps[i]))
            {
                string at = $"{path}.steps[{i}].actions";
                StepConfig[] before = [.. sequence.Steps.Take(i)];
                if (offer.IsReminder) Reminder(at, offer, sequence, i);
                else Incentive(at, offer, sequence.Steps[i], before);
            }
    }

    private void Incentive(string at, OfferConfig offer, StepConfig step, StepConfig[] before)
    {
        foreach (StepConfig earlier in before)
            foreach (OfferConfig other in OffersOf(earlier).Where(o => !o.IsReminder))
            {
                if (other.Name == offer.Name && offer.IsDated)
                    check.Add(
                        at, $"issues '{offer.Name}' again, which step {earlier.Name} did", "write is_reminder, or another offer", "S5");
                else if (step.At < earlier.At + TimeSpan.FromDays(other.Days))
                    check.Add(
                        at, $"stacks incentives: '{other.Name}' of step {earlier.Name} can still be used",
                        "write a later day, or fewer days of the offer", "S6");
            }
    }

    private void Reminder(string at, OfferConfig offer, TouchSequenceConfig sequence, int index)
    {
        int issue = sequence.Steps.FindIndex(s => OffersOf(s).Any(o => o.Name == offer.Name && o.IsDated));
        if (issue < 0 || issue >= index)
        {
            check.Add(at, $"reminds of '{offer.Name}' before any step issues it", "issue it in an earlier step", "S5");
            return;
        }

        if (sequence.Steps.Take(index).Skip(issue).Any(s => OffersOf(s).Any(o => o.Name == offer.Name && o.IsReminder)))
            check.Add(at, $"is a second reminder of '{offer.Name}'", "leave it out: the day before is the last word", "S5");
        int day = (int)sequence.Steps[issue].At.TotalDays + playbook.Actions.First(
            a => a.Offer is { IsDated: true } o && o.Name == offer.Name).Offer!.Days - 1;
        if (day >= sequence.Days)
            check.Add(
                at, $"comes after the last day: '{offer.Name}' is to be reminded of on day {day}, of {sequence.Days}",
                "issue it earlier, or for fewer days", "S1");
        else if (sequence.Steps[index].At.TotalDays > day)
            check.Add(
                at, $"is never sent: the day before '{offer.Name}' ends is day {day}, and the step is later", $"write at: {day}d or less", "S5");
    }

    private IEnumerable<OfferConfig> OffersOf(StepConfig step) =>
        playbook.Actions.Where(a => step.Actions.Contains(a.Name)).Select(a => a.Offer).OfType<OfferConfig>();

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}$")]
    private static partial Regex CodePattern();
}
