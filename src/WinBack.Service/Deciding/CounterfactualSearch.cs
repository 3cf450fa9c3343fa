using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Policy;
using WinBack.Core.State;

namespace WinBack.Service.Deciding;

/// <summary>
/// Finds what, changed alone, makes actions eligible that were not. Nothing is concluded from a rejection: rejections only
/// say which changes are worth a try, and each is tried by deciding again with that one thing changed. Bounded by the
/// channels, the caps of the ranking, and <see cref="MaxTimes"/> instants.
/// </summary>
internal sealed class CounterfactualSearch(DecisionPlanner planner)
{
    private const int MaxTimes = 24;

    /// <summary>A rule that passes at an instant may make way for one that does not yet.</summary>
    private const int MaxMoves = 4;

    /// <returns>By action, the nearest change first.</returns>
    internal Dictionary<string, List<CaseChange>> Find(DecisionCase basis, DecisionPlan plan)
    {
        var found = new Dictionary<string, List<CaseChange>>(StringComparer.Ordinal);
        HashSet<string> eligible = Eligible(plan, basis.Customer, basis.AsOf);
        TryWaiting(basis, plan, eligible, found);
        if (basis.Request.Channels.Count > 0)
            foreach (Channel channel in ChannelsAt(plan, EligibilityStage.Channel))
                Try(
                    new CaseChange(CaseChangeKind.AskChannel, channel),
                    basis with { Request = basis.Request with { Channels = [.. basis.Request.Channels, channel] } }, eligible, found);
        foreach (Channel channel in ChannelsAt(plan, EligibilityStage.Permission))
            Try(new CaseChange(CaseChangeKind.Consent, channel), WithState(basis, s => AssumedState.Grant(s, channel, basis.AsOf)), eligible, found);
        foreach (Channel channel in ChannelsAt(plan, EligibilityStage.Reachability))
            Try(new CaseChange(CaseChangeKind.Address, channel), WithState(basis, s => AssumedState.Reach(s, channel, basis.AsOf)), eligible, found);
        TryCaps(basis, plan, eligible, found);
        return found;
    }

    private static HashSet<string> Eligible(DecisionPlan plan, CustomerSnapshot customer, DateTimeOffset clock)
    {
        var eligible = new HashSet<string>(StringComparer.Ordinal);
        foreach (Candidate candidate in plan.Ranking)
            if (CapVerdict.Of(plan, candidate, customer, clock).IsAllowed) eligible.Add(candidate.Action);
        return eligible;
    }

    private void Try(CaseChange change, DecisionCase changed, HashSet<string> eligible, Dictionary<string, List<CaseChange>> found)
    {
        foreach (string action in Eligible(planner.Plan(changed), changed.Customer, changed.AsOf))
            if (!eligible.Contains(action)) Add(action, change, found);
    }

    /// <summary>Moves each action to the instant from which all that turns it down passes, and again from there.</summary>
    private void TryWaiting(DecisionCase basis, DecisionPlan plan, HashSet<string> eligible, Dictionary<string, List<CaseChange>> found)
    {
        var plans = new Dictionary<DateTimeOffset, (DecisionPlan Plan, HashSet<string> Eligible)> { [basis.AsOf] = (plan, eligible) };
        foreach (string action in Actions(plan).Where(action => !eligible.Contains(action)))
        {
            DateTimeOffset at = basis.AsOf;
            for (int move = 0; move < MaxMoves && Opening(action, plans[at].Plan, basis.Customer, at) is { } next && next > at; move++)
            {
                at = next;
                if (!plans.ContainsKey(at))
                {
                    if (plans.Count > MaxTimes) return;
                    DecisionPlan moved = planner.Plan(basis with { AsOf = at });
                    plans.Add(at, (moved, Eligible(moved, basis.Customer, at)));
                }

                if (!plans[at].Eligible.Contains(action)) continue;
                Add(action, new CaseChange(CaseChangeKind.Wait, Time: at), found);
                break;
            }
        }
    }

    /// <summary>The first instant from which everything passes that turns the action down now; null when something never does.</summary>
    private static DateTimeOffset? Opening(string action, DecisionPlan plan, CustomerSnapshot customer, DateTimeOffset clock)
    {
        Candidate? candidate = plan.Ranking.FirstOrDefault(c => c.Action == action);
        IEnumerable<Rejection> against = candidate is null
            ? plan.Rejections.Where(rejection => rejection.Action == action)
            : CapVerdict.Of(plan, candidate, customer, clock).Rejections;
        DateTimeOffset? opening = null;
        foreach (Rejection rejection in against)
        {
            if (rejection.EligibleTime is not { } time) return null;
            if (!(opening >= time)) opening = time;
        }

        // Plans are made to the millisecond; rounded down, the rule would not pass yet.
        if (opening is not { } exact) return null;
        return DateTimeOffset.FromUnixTimeMilliseconds(exact.AddTicks(TimeSpan.TicksPerMillisecond - 1).ToUnixTimeMilliseconds());
    }

    /// <summary>For every full cap the smallest limit that leaves it room: one more than it holds.</summary>
    private static void TryCaps(DecisionCase basis, DecisionPlan plan, HashSet<string> eligible, Dictionary<string, List<CaseChange>> found)
    {
        foreach (Candidate candidate in plan.Ranking.Where(c => !eligible.Contains(c.Action)))
            foreach (CapDenial denial in CapVerdict.Of(plan, candidate, basis.Customer, basis.AsOf).Denials)
            {
                CapUse cap = candidate.Caps[denial.Cap];
                CapUse wider = cap with { Limit = denial.Count + 1 };
                Candidate changed = candidate with { Caps = [.. candidate.Caps.Select(use => use == cap ? wider : use)] };
                if (CapVerdict.Of(plan, changed, basis.Customer, basis.AsOf).IsAllowed)
                    Add(candidate.Action, new CaseChange(CaseChangeKind.CapLimit, Cap: cap.Key, Limit: wider.Limit), found);
            }
    }

    /// <summary>The same customer with a state of its own, changed.</summary>
    private static DecisionCase WithState(DecisionCase basis, Action<CustomerState> change)
    {
        CustomerSnapshot customer = CustomerSnapshot.Of(basis.Customer.Source, basis.Customer.Caps);
        if (customer.State is { } state) change(state);
        return basis with { Customer = customer };
    }

    private static IEnumerable<Channel> ChannelsAt(DecisionPlan plan, EligibilityStage stage) =>
        plan.Rejections.Where(rejection => rejection.Stage == stage).Select(rejection => rejection.Channel).Distinct().Order();

    private static IEnumerable<string> Actions(DecisionPlan plan) =>
        plan.Ranking.Select(candidate => candidate.Action).Concat(plan.Rejections.Select(rejection => rejection.Action)).Distinct();

    private static void Add(string action, CaseChange change, Dictionary<string, List<CaseChange>> found)
    {
        if (!found.TryGetValue(action, out List<CaseChange>? changes)) found.Add(action, changes = []);
        changes.Add(change);
    }
}
