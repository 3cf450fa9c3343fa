using System.Globalization;
using WinBack.Core.Policy.Valuation;
using WinBack.Core.State;

namespace WinBack.Core.Policy.Capacities;

/// <summary>What a touch takes of scarce capacities, and whether it is worth a unit (rules C6).</summary>
public static class CapacityRules
{
    private const double Micros = 1_000_000;

    /// <summary>The pools that a customer's touches may take of, for quotes; none without capacities.</summary>
    public static IReadOnlyList<CapacityUse> Of(PlaybookModel playbook, CustomerState state, DateTimeOffset asOf)
    {
        if (playbook.Capacities.Count == 0) return [];
        var uses = new List<CapacityUse>();
        foreach (CapacityModel capacity in playbook.Capacities)
            if (UseOf(capacity, state, asOf, units: 1) is { } use) uses.Add(use);
        return uses;
    }

    /// <summary>The candidate with what it takes; null, and a rejection, when there is nothing left or it is not worth a unit.</summary>
    /// <param name="asks">Gets what is asked for, whether it is had or not.</param>
    internal static Candidate? Judge(
        Candidate candidate, ActionModel action, PolicyContext c, ActionReview review, List<CapacityAsk> asks)
    {
        if (c.Playbook.Capacities.Count == 0) return candidate;
        var uses = new List<CapacityUse>();
        bool isAdmitted = true;
        foreach (CapacityModel capacity in c.Playbook.Capacities)
        {
            if (!capacity.Concerns[action.Order]) continue;
            long units = UnitsOf(capacity, action, c);
            if (units == 0) continue;
            if (UseOf(capacity, c.State, c.AsOf, units) is not { } use)
            {
                review.Reject(EligibilityStage.Capacity, "C6 " + capacity.Name, "nobody looks after the account", "an account owner");
                isAdmitted = false;
                continue;
            }

            uses.Add(use);
            Ask(asks, use, candidate);
            isAdmitted &= IsAdmitted(use, candidate, c, review);
        }

        return !isAdmitted ? null : uses.Count == 0 ? candidate : candidate with { Capacities = uses };
    }

    /// <summary>A customer needs one unit of a pool, whichever action gets it: the one that is worth most asks.</summary>
    private static void Ask(List<CapacityAsk> asks, CapacityUse use, Candidate candidate)
    {
        var ask = new CapacityAsk(use.Pool, use.Units, (double)candidate.ExpectedValueMicros / use.Units);
        if (ask.WorthPerUnit <= 0) return;
        int known = asks.FindIndex(a => a.Pool == use.Pool);
        if (known < 0) asks.Add(ask);
        else if (asks[known].WorthPerUnit < ask.WorthPerUnit) asks[known] = ask;
    }

    private static bool IsAdmitted(CapacityUse use, Candidate candidate, PolicyContext c, ActionReview review)
    {
        CapacityQuote? quote = c.Quotes.FirstOrDefault(q => q.Key == use.Key);
        if (use.Units > use.Limit || quote?.IsShortOf(use.Units, c.AsOf) == true)
        {
            review.Reject(
                EligibilityStage.Capacity, "C6 " + use.Pool, Left(quote?.Left ?? use.Limit), Needed(use), use.TimeOf(quote?.TimeFor(use.Units)));
            return false;
        }

        if (quote is null) return true;
        double worth = (double)candidate.ExpectedValueMicros / use.Units;
        if (worth >= quote.Price) return true;
        review.Reject(
            EligibilityStage.Capacity, "C6 " + use.Pool, $"worth {Words.Number(worth / Micros)} a unit",
            $"at least {Words.Number(quote.Price / Micros)} while {quote.Left.ToString(CultureInfo.InvariantCulture)} are left", use.End);
        return false;
    }

    /// <summary>
    /// The first instant (UTC) from a given one on at which there are units for the action and it is worth them, as far as is known
    /// now; null when there are never.
    /// </summary>
    internal static DateTimeOffset? FreeTime(ActionModel action, PolicyContext c, DateTimeOffset from)
    {
        DateTimeOffset time = from;
        // A wait for one may end in another period of the others: then all are asked again. Beyond the periods that are known it ends.
        for (int i = 0; i < c.Playbook.Capacities.Count; i++)
        {
            CapacityModel capacity = c.Playbook.Capacities[i];
            if (!capacity.Concerns[action.Order] || UnitsOf(capacity, action, c) is not (> 0 and var units)) continue;
            if (UseOf(capacity, c.State, time, units) is not { } use || use.Units > use.Limit) return null;
            if (c.Quotes.FirstOrDefault(q => q.Key == use.Key) is not { } quote) continue;
            bool isWorthIt = (double)ValueTerms.Of(action, c, time).NetMicros / units >= quote.Price;
            if (isWorthIt && !quote.IsShortOf(units, time)) continue;
            time = isWorthIt ? use.TimeOf(quote.TimeFor(units))!.Value : use.End;
            i = -1;
        }

        return time;
    }

    /// <summary>What a rejection says when no unit was to be had.</summary>
    public static Rejection Exhausted(Candidate candidate, CapacityUse use, CapacityShortage shortage) => new(
        candidate.Action, candidate.Channel, EligibilityStage.Capacity, "C6 " + use.Pool, Left(shortage.Left), Needed(use),
        use.TimeOf(shortage.BackTime));

    private static long UnitsOf(CapacityModel capacity, ActionModel action, PolicyContext c) =>
        capacity.Unit == CapacityUnit.Touches ? 1 : (long)((action.Offer?.CostFor(c.Value.Order) ?? 0) * Micros);

    private static string Left(long left) => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, left)} left");

    private static string Needed(CapacityUse use) => string.Create(CultureInfo.InvariantCulture, $"at least {use.Units} of {use.Limit} a period");

    private static CapacityUse? UseOf(CapacityModel capacity, CustomerState state, DateTimeOffset asOf, long units)
    {
        string owner = "all";
        if (capacity.Scope == CapacityScope.Owner)
        {
            if (state.Facts.Text(Fact.AccountOwner) is not { Length: > 0 } named) return null;
            // Names of keys: without spaces, braces and separators.
            owner = Uri.EscapeDataString(named);
        }

        PeriodBounds bounds = LocalCalendar.Around(capacity.Period, capacity.Zone, asOf);
        return new CapacityUse($"{capacity.Name}/{owner}", units, capacity.Limit, Time(bounds.Start), Time(bounds.End));
    }

    private static DateTimeOffset Time(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);
}
