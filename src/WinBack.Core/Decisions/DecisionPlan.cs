using WinBack.Core.Caps;
using WinBack.Core.Events;
using WinBack.Core.Experiments;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Capacities;
using WinBack.Core.Policy.Responses;
using WinBack.Core.Policy.Reasons;
using WinBack.Core.Policy.Updates;

namespace WinBack.Core.Decisions;

/// <summary>
/// What was found out about a request before the caps were asked: eligible candidates, best first, and why the others
/// are none. Together with a <see cref="ReserveResult"/> it is the decision; both are stored.
/// </summary>
/// <param name="Id">Null for a preview.</param>
/// <param name="RequestHash">Of all that the caller asked, hex: the same request id with another hash is refused.</param>
/// <param name="DecideTime">The as-of instant (UTC), to the millisecond.</param>
/// <param name="Silence">Time since the last activity; null when there was none.</param>
/// <param name="LastReengaged">The latest return the plan knew of: one seen later voids the decision (rules S3).</param>
/// <param name="EligibleTime">
/// The first instant (UTC) at which an action that the rules turned down passes them and the caps by time alone; null for never.
/// </param>
/// <param name="Reservation">How long places are held.</param>
public sealed record DecisionPlan(
    DecisionId? Id,
    string RequestHash,
    CustomerId Customer,
    DateTimeOffset DecideTime,
    IReadOnlyList<Candidate> Ranking,
    IReadOnlyList<Rejection> Rejections,
    IReadOnlyList<string> Reasons,
    DateTimeOffset? EligibleTime,
    TimeSpan? Silence,
    DateTimeOffset? LastReengaged,
    Scores Scores,
    IReadOnlyList<KeyValuePair<string, string>> ContentFacts,
    DecisionVersions Versions,
    float[] Features,
    TimeSpan Reservation)
{
    /// <summary>From when on other rules hold (UTC): what is known of the ranking is good until then. Null for ever.</summary>
    public DateTimeOffset? RulesChangeTime { get; init; }

    /// <summary>What was known of scarce capacities; the decision follows from it (rules C6).</summary>
    public IReadOnlyList<CapacityQuote> CapacityQuotes { get; init; } = [];

    /// <summary>Candidates for which no unit was to be had when places were to be taken.</summary>
    public IReadOnlyList<CapacityShortage> CapacityShortages { get; init; } = [];

    /// <summary>What was asked of capacities. For learning prices, and not stored: the rest of the decision says it too.</summary>
    public IReadOnlyList<CapacityAsk> CapacityAsks { get; init; } = [];

    /// <summary>The customer's place in experiments and holdout, and what it would have got.</summary>
    public ExperimentNotes Experiments { get; init; } = ExperimentNotes.None;

    /// <summary>What it was made from; null for a plan of an older program, which did not keep it.</summary>
    public DecisionInputs? Inputs { get; init; }

    /// <summary>The touches it was made with, as they were read. Not stored, since <see cref="Inputs"/> are; null for a plan that was.</summary>
    public CapLedger? Touches { get; init; }

    /// <summary>Segment of the customer, by name (rules L2).</summary>
    public string Segment { get; init; } = "";

    /// <summary>Null when chance had no part in the ranking; it is best first then.</summary>
    public Chance? Chance { get; init; }

    /// <summary>What was believed of responses; null when the playbook's priors were.</summary>
    public ResponseValues? Responses { get; init; }
    /// <summary>Why the customer probably left (rules L1); null when nothing is known of the customer.</summary>
    public ReasonAssessment? LapseReason { get; init; }

    /// <summary>The product updates that concern the customer: the newest, and the first to come (rules L6).</summary>
    public IReadOnlyList<ProductUpdate> Updates { get; init; } = [];
}
