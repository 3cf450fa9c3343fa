using System.Globalization;
using WinBack.Core.Policy;

namespace WinBack.Core.Decisions;

/// <summary>The answer in words, for the person who has to trust it.</summary>
internal static class ReasonWords
{
    private const int MostCauses = 4;

    /// <summary>What is true of the customer whatever is chosen.</summary>
    internal static IReadOnlyList<string> Situation(PolicyContext c)
    {
        if (c.Lapse.QuietSince is not { } quiet) return ["no activity known"];
        string silent = string.Create(CultureInfo.InvariantCulture, $"silent for {(c.AsOf - quiet).TotalDays:0.#} days");
        string lapse = c.Lapse switch
        {
            { IsLapsed: true, IsCancelled: true } => $"{silent}; cancelled, reason {Names.Of(c.Reason.Reason)} ({c.Reason.Summary})",
            { IsLapsed: true } => $"{silent}; lapsed after {c.Lapse.Threshold.Days}",
            _ => $"{silent}; lapsed only after {c.Lapse.Threshold.Days}",
        };
        return [lapse, $"segment {Names.Of(c.Segment)}, {Names.Of(c.Value.Tier)} value"];
    }

    internal static List<string> Of(DecisionPlan plan, Candidate? chosen, List<Rejection> capped)
    {
        var reasons = new List<string>();
        if (chosen is not null)
        {
            reasons.Add($"{chosen.Action}: {chosen.Why}");
            reasons.AddRange(plan.Reasons);
            if (capped.Count > 0) reasons.Add("better ones are capped: " + Causes(capped));
            if (plan.Chance is not null) reasons.Add("E4: drawn by chance among the eligible ones");
            return reasons;
        }

        if (plan.Chance is { SaysNothing: true } chance)
            reasons.Add($"E4: chance says nothing this time, although {chance.Withheld[0].Action} is eligible");
        // The one cause that counts would be lost among those of all other actions.
        if (plan.Experiments.Ghost is { } ghost)
            reasons.Add($"E2: held out, so that the effect of contact can be measured; {ghost.Action} would have been sent");
        if (capped.Count > 0) reasons.Add("capped: " + Causes(capped));
        if (plan.Rejections.Count > 0) reasons.Add("not eligible: " + Causes(plan.Rejections));
        reasons.AddRange(plan.Reasons);
        return reasons;
    }

    /// <summary>
    /// A cause that turns down every action is the answer, and the rest would hide it; else the most frequent ones.
    /// </summary>
    private static string Causes(IReadOnlyList<Rejection> rejections)
    {
        // No text of a cause is made before it is known to be told: there are tens of them in every answer.
        int[] counts = CountByFirst(rejections, out int actions);
        var told = new List<string>(MostCauses);
        int least = 1;
        while (told.Count < MostCauses && MostFrequent(counts) is var at && counts[at] >= least)
        {
            if (counts[at] >= actions) least = actions;
            told.Add($"{rejections[at].Rule}: {rejections[at].Observed}, needs {rejections[at].Threshold}");
            counts[at] = 0;
        }

        return string.Join("; ", told);
    }

    /// <summary>How often each cause is there, at the place of its first rejection; 0 at the others.</summary>
    private static int[] CountByFirst(IReadOnlyList<Rejection> rejections, out int actions)
    {
        int[] counts = new int[rejections.Count];
        actions = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            // Those of one action stand together.
            if (i == 0 || rejections[i].Action != rejections[i - 1].Action) actions++;
            int first = 0;
            while (first < i && !(counts[first] > 0 && IsSame(rejections[first], rejections[i]))) first++;
            counts[first]++;
        }

        return counts;
    }

    /// <summary>Of equals, the earlier one.</summary>
    private static int MostFrequent(int[] counts)
    {
        int most = 0;
        for (int i = 1; i < counts.Length; i++)
            if (counts[i] > counts[most]) most = i;
        return most;
    }

    private static bool IsSame(Rejection one, Rejection other) =>
        one.Rule == other.Rule && one.Observed == other.Observed && one.Threshold == other.Threshold;
}
