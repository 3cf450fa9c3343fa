using WinBack.Core.Caps;
using WinBack.Core.Decisions.Priorities;
using WinBack.Core.Events;
using WinBack.Core.Experiments;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Capacities;
using WinBack.Core.Policy.Responses;
using WinBack.Core.Policy.Updates;
using WinBack.Core.State;

namespace WinBack.Core.Decisions;

/// <summary>
/// The decision path, request -> decision, in pure steps around the one that is not:
/// <list type="number">
/// <item>an unknown or an erased customer gets nothing;</item>
/// <item>the rules turn actions down, value ranks the rest (<see cref="PolicyReview"/>), and what would put off a touch of higher
/// priority leaves its place to it (<see cref="PriorityYield"/>);</item>
/// <item>chance may put them into another order (rules E4);</item>
/// <item>who is held out for measurement gets no marketing; what it would have got is noted (rules E2);</item>
/// <item>what the message may name is taken from the state (rules L7);</item>
/// <item>the plan notes the versions it was made with;</item>
/// <item>a store takes places for the first candidate that all caps allow (RESERVE), or a preview only asks;</item>
/// <item>plan and result are the decision: an action, or nothing, and why.</item>
/// </list>
/// Serving, `winback replay` and `winback simulate` all run this class. A decision made again from the same inputs is
/// the same bit for bit.
/// </summary>
/// <param name="featureSchemaHash">Of the schema that the feature vectors follow.</param>
/// <param name="partitionCount">Of the topics; part of every decision id.</param>
public sealed class DecisionPipeline(string featureSchemaHash, int partitionCount)
{
    /// <summary>Steps 1 to 6.</summary>
    /// <param name="features">In schema order, missing is NaN. Kept, not copied.</param>
    /// <param name="asOf">UTC; cut to the millisecond.</param>
    /// <param name="responses">What outcomes have taught; null for nothing yet.</param>
    /// <param name="quotes">What is known of scarce capacities.</param>
    /// <param name="updates">Of the product; null for none.</param>
    public DecisionPlan Plan(
        DecisionRequest request,
        CustomerSnapshot customer,
        float[] features,
        Scores scores,
        PlaybookModel playbook,
        DateTimeOffset asOf,
        ResponseTable? responses = null,
        IReadOnlyList<CapacityQuote>? quotes = null,
        UpdateCatalogue? updates = null)
    {
        asOf = DateTimeOffset.FromUnixTimeMilliseconds(asOf.ToUnixTimeMilliseconds());
        CustomerState state = customer.State ?? new CustomerState();
        var context = new PolicyContext(
            playbook, state, features, scores, customer.Caps.SentTouches(playbook.SequenceCap.Key), request.Channels, asOf,
            request.Customer, responses, quotes, updates);

        // Step 1
        PolicyReview review = Absent(customer, playbook)
            // Step 2
            ?? PriorityYield.Apply(PolicyReview.Of(context), context, customer.Caps);

        // Step 3
        string seed = RequestHash.Seed(request);
        var ranking = new List<Candidate>(review.Ranking);
        Chance? chance = ChanceOrder.Draw(context, ranking, customer.Caps, seed);

        // Step 4
        review = GhostGate.Pass(review with { Ranking = ranking }, context, customer.Caps, out ExperimentNotes experiments);

        (DateTimeOffset? eligible, DateTimeOffset? change) = Foresight.Of(review, context, customer);
        return new DecisionPlan(
            request.RequestId is { } id ? new DecisionId(CustomerPartition.Of(request.Customer, partitionCount), id) : null,
            RequestHash.Of(request),
            request.Customer,
            asOf,
            review.Ranking,
            review.Rejections,
            ReasonWords.Situation(context),
            eligible,
            asOf - context.TimeOf(Instant.LastActivity),
            context.TimeOf(Instant.LastReengaged),
            scores,
            // Step 5
            [.. ContentFacts.Of(state), .. UpdateFacts.Of(context.Update)],
            // Step 6
            new DecisionVersions(featureSchemaHash, playbook.Version, customer.StateHash, seed),
            features,
            playbook.Reservation)
        {
            Experiments = experiments, RulesChangeTime = change,
            CapacityQuotes = context.Quotes, CapacityAsks = review.Asks,
            Inputs = new DecisionInputs(request.Channels, customer.Source), Segment = Names.Of(context.Segment),
            Chance = context.Draw.HeldOutBy is null ? chance : null,
            Responses = context.Responses.Version.Length > 0 ? context.Responses : null,
            Updates = context.Update.Known,
            LapseReason = customer.State is { IsErased: false } ? context.Reason : null,
            Touches = customer.Caps,
        };
    }

    /// <summary>Step 7 of a preview: what the caps would say. Takes nothing.</summary>
    /// <param name="clock">UTC.</param>
    public static ReserveResult Preview(DecisionPlan plan, CustomerSnapshot customer, DateTimeOffset clock) =>
        Reservation.Preview(plan, customer.Caps, clock);

    /// <summary>
    /// Step 8 before step 7: the decision if no cap turns the first candidate down. It is then made, and written, once.
    /// </summary>
    public static Decision Expect(DecisionPlan plan) => Expect(plan, plan.Ranking.Count > 0 ? 0 : -1, []);

    /// <summary>The same, if the caps say what is foreseen.</summary>
    public static Decision Expect(DecisionPlan plan, int chosen, IReadOnlyList<CapDenial> denials) => Conclude(plan, new ReserveResult(
        chosen, plan.DecideTime, ExpireTime: null, denials, chosen >= 0 ? DecisionStatus.Reserved : DecisionStatus.None));

    /// <summary>Step 8 from <see cref="Expect(DecisionPlan)"/>: the same as from its plan.</summary>
    public static Decision Conclude(Decision expected, ReserveResult result) => result.Denials.Count > 0
        ? Conclude(expected.Plan, result)
        : expected with { Status = result.Status, CapClockTime = result.ClockTime, ReservationExpireTime = result.ExpireTime };

    /// <summary>Step 8.</summary>
    public static Decision Conclude(DecisionPlan plan, ReserveResult result)
    {
        List<Rejection> capped = CapWords.Rejections(plan, result);
        bool isAction = result.Chosen >= 0;
        Candidate? chosen = isAction ? plan.Ranking[result.Chosen] : null;
        return new Decision(
            plan,
            isAction ? DecisionKind.Action : DecisionKind.NoAction,
            result.Status,
            chosen,
            ReasonWords.Of(plan, chosen, capped),
            result.ClockTime,
            result.ExpireTime,
            isAction ? null : NextEligible(plan, capped),
            plan.Chance?.ProbabilityOf(plan.Ranking, result.Chosen, DeniedBy(result)) ?? 1,
            capped);
    }

    private static List<int> DeniedBy(ReserveResult result)
    {
        var denied = new List<int>();
        foreach (CapDenial denial in result.Denials)
            if (!denied.Contains(denial.Candidate)) denied.Add(denial.Candidate);
        return denied;
    }

    private static PolicyReview? Absent(CustomerSnapshot customer, PlaybookModel playbook) => customer.State switch
    {
        null => PolicyReview.RejectAll(playbook, EligibilityStage.Lapse, "L4", "customer unknown", "an event of the customer"),
        { IsErased: true } => PolicyReview.RejectAll(playbook, EligibilityStage.Permission, "C1", "customer erased", "not erased"),
        _ => null,
    };

    /// <summary>
    /// A candidate that caps turned down is eligible again when the last of them has a free place, unless a rule has
    /// closed by then, and not before its send window opens; the answer may change with the first candidate for which that, or a rule, comes true.
    /// </summary>
    private static DateTimeOffset? NextEligible(DecisionPlan plan, List<Rejection> capped)
    {
        // Something is eligible now, and chance said nothing: not the time decides, another request may be answered otherwise.
        if (plan.Chance is { SaysNothing: true } chance) return plan.DecideTime + chance.NothingRest;
        DateTimeOffset? next = plan.EligibleTime;
        int at = 0;
        foreach (Candidate candidate in plan.Ranking)
        {
            DateTimeOffset free = DateTimeOffset.MinValue;
            for (; at < capped.Count && capped[at].Action == candidate.Action; at++)
                if (capped[at].EligibleTime > free) free = capped[at].EligibleTime!.Value;
            if (Foresight.OpenTime(candidate, free) is { } open && !(open >= plan.RulesChangeTime) && !(next <= open)) next = open;
        }

        return next;
    }
}
