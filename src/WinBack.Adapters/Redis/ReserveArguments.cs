using System.Globalization;
using StackExchange.Redis;
using WinBack.Adapters.Tracing;
using WinBack.Adapters.Wire;
using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Policy;

namespace WinBack.Adapters.Redis;

/// <summary>The arguments of reserve.lua, and what its numbers of caps mean: they count the caps of a ranking from 1.</summary>
internal static class ReserveArguments
{
    private const int Fixed = 12;
    private const int PerCap = 6;

    /// <summary>A day more than the longest window, so that a server clock set back frees nothing.</summary>
    internal static readonly TimeSpan CapRetention = FrequencyCap.LongestWindow + TimeSpan.FromDays(1);

    /// <param name="expected">From <see cref="DecisionPipeline.Expect(DecisionPlan)"/>.</param>
    /// <param name="units">What each candidate takes of leases, in words of the script; "" for nothing.</param>
    internal static RedisValue[] Of(Decision expected, RedisOptions options, Func<int, string> units)
    {
        DecisionPlan plan = expected.Plan;
        var caps = new List<CapUse>();
        var refs = new RedisValue[plan.Ranking.Count];
        for (int c = 0; c < refs.Length; c++) refs[c] = Numbers(plan.Ranking[c].Caps, caps) + units(c);
        var values = new RedisValue[Fixed + (PerCap * caps.Count) + refs.Length];
        values[0] = plan.Id!.Value.Request.ToString("D");
        values[1] = plan.RequestHash;
        values[2] = CapTime.ToMicros(options.ClockOffset);
        values[3] = CapTime.ToMicros(plan.Reservation);
        values[4] = (long)options.DecisionRetention.TotalMilliseconds;
        values[5] = (long)options.NoActionRetention.TotalMilliseconds;
        values[6] = (long)CapRetention.TotalMilliseconds;
        values[7] = StoredDecision.Write(expected);
        values[8] = plan.Inputs?.Customer.Suppression ?? "";
        values[9] = options.ListedDecisions;
        values[10] = Spans.CurrentTraceParent;
        values[11] = caps.Count;
        int at = Fixed;
        foreach (CapUse cap in caps)
        {
            values[at++] = cap.Key;
            values[at++] = cap.Limit;
            values[at++] = CapTime.ToMicros(cap.Window);
            values[at++] = cap.IsEnforced ? 1 : 0;
            values[at++] = cap.Period == CapPeriod.None ? "" : Text(cap.Bounds);
            values[at++] = CapLetters.Counts(cap);
        }

        refs.CopyTo(values, at);
        return values;
    }

    /// <summary>What every call of expected.lua begins with.</summary>
    internal static RedisValue[] Settings(RedisOptions options) =>
    [
        CapTime.ToMicros(options.ClockOffset), (long)options.DecisionRetention.TotalMilliseconds,
        (long)options.NoActionRetention.TotalMilliseconds, (long)CapRetention.TotalMilliseconds, options.ListedDecisions,
    ];

    /// <summary>The denials of each candidate better than the chosen one.</summary>
    /// <param name="full">Of the caps that are full, by number: how many touches they hold, and from when one is free.</param>
    internal static List<CapDenial> Denials(
        IReadOnlyList<Candidate> ranking, int chosen, IReadOnlyDictionary<int, (int Count, DateTimeOffset AllowedTime)> full)
    {
        var denials = new List<CapDenial>();
        var caps = new List<CapUse>();
        for (int c = 0; c < (chosen < 0 ? ranking.Count : chosen); c++)
        {
            IReadOnlyList<CapUse> uses = ranking[c].Caps;
            for (int i = 0; i < uses.Count; i++)
                if (full.TryGetValue(Number(uses[i], caps), out var cap)) denials.Add(new CapDenial(c, i, cap.Count, cap.AllowedTime));
        }

        return denials;
    }

    private static string Text(PeriodBounds bounds) => string.Create(
        CultureInfo.InvariantCulture, $"{bounds.Before} {bounds.Start} {bounds.End} {bounds.After}");

    /// <summary>Places of the caps in the list, from 1; adds those that are not in it.</summary>
    private static string Numbers(IReadOnlyList<CapUse> uses, List<CapUse> caps)
    {
        var numbers = new string[uses.Count];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = Number(uses[i], caps).ToString(CultureInfo.InvariantCulture);
        return string.Join(' ', numbers);
    }

    /// <summary>Place of a cap in the list, from 1; adds it when it is not in it.</summary>
    internal static int Number(CapUse use, List<CapUse> caps) => CapUseWire.Place(use, caps) + 1;
}
