using WinBack.Core.Events;
using WinBack.Core.Policy.Capacities;
using WinBack.Core.Policy.Experiments;
using WinBack.Core.Policy.Responses;
using WinBack.Core.Policy.Offers;
using WinBack.Core.Policy.Sequences;
using WinBack.Core.Policy.Reasons;
using WinBack.Core.Policy.Updates;
using WinBack.Core.State;

namespace WinBack.Core.Policy;

/// <summary>Everything that the rules look at for one request. Built once a request, for one thread; the rules only read it.</summary>
public sealed class PolicyContext
{
    /// <summary>By channel: many actions share one, and an opening takes a search.</summary>
    private readonly Dictionary<Channel, WindowVerdict> _windows = [];
    private readonly ResponseTable? _responses;

    /// <param name="state">Not erased.</param>
    /// <param name="features">In the order of the schema that the playbook was validated with; missing is NaN.</param>
    /// <param name="channels">The channels the caller can use; empty for all.</param>
    /// <param name="responses">What outcomes have taught; null for nothing yet.</param>
    /// <param name="updates">Of the product; null for none.</param>
    public PolicyContext(
        PlaybookModel playbook,
        CustomerState state,
        float[] features,
        Scores scores,
        TouchHistory touches,
        IReadOnlyList<Channel> channels,
        DateTimeOffset asOf,
        CustomerId customer = default,
        ResponseTable? responses = null,
        IReadOnlyList<CapacityQuote>? quotes = null,
        UpdateCatalogue? updates = null)
    {
        Playbook = playbook;
        State = state;
        Features = features;
        Scores = scores;
        AsOf = asOf;
        Channels = channels;
        Customer = customer;
        _responses = responses;
        Lapse = Lapse.Of(state, playbook, asOf);
        Reason = ReasonEngine.Assess(state, playbook.Reasons);
        Update = (updates ?? UpdateCatalogue.Empty).Match(state, Reason.Reason, Lapse, asOf);
        Segment = SegmentRules.Of(state, Lapse);
        Value = CustomerValue.Of(playbook.Value, state, features);
        Responses = (responses ?? ResponseTable.Empty).For(playbook, Segment);
        Touches = touches;
        SequenceTouches = TouchesOfSequence();
        Bounds = new CapBounds(this);
        History = new SequenceHistory(this);
        Offers = new OfferHistory(this);
        Draw = ExperimentDraw.Of(customer, this);
        Quotes = quotes ?? [];
    }

    /// <summary>
    /// The same customer at another instant, if nothing else happens; scores and features are taken as they are. Of product
    /// updates those that a decision keeps, so that it can be made again.
    /// </summary>
    internal PolicyContext At(DateTimeOffset time) => new(
        Playbook, State, Features, Scores, Touches, Channels, time, Customer, _responses, Quotes, new UpdateCatalogue(Update.Known));

    public PlaybookModel Playbook { get; }

    public CustomerId Customer { get; }

    public CustomerState State { get; }

    public float[] Features { get; }

    public Scores Scores { get; }

    /// <summary>UTC.</summary>
    public DateTimeOffset AsOf { get; }

    public IReadOnlyList<Channel> Channels { get; }

    public Lapse Lapse { get; }

    /// <summary>Why the customer left.</summary>
    public ReasonAssessment Reason { get; }

    /// <summary>What changed in the product since, for this customer.</summary>
    public UpdateMatch Update { get; }

    public Segment Segment { get; }

    public CustomerValue Value { get; }

    /// <summary>What was known of scarce capacities; of those that are left out, nothing.</summary>
    public IReadOnlyList<CapacityQuote> Quotes { get; }

    /// <summary>What the experiments mean for this customer.</summary>
    public ExperimentDraw Draw { get; }

    /// <summary>What is believed of the response to each action.</summary>
    public ResponseValues Responses { get; }

    public TouchHistory Touches { get; }

    /// <summary>
    /// Touches sent in the current sequence, oldest first; none when there is no sequence. A sequence begins with a touch
    /// outside of any other and ends when its length is over, or when the customer comes back (rules S1, S3).
    /// </summary>
    public IReadOnlyList<DateTimeOffset> SequenceTouches { get; }

    /// <summary>The offers that the customer was sent.</summary>
    internal OfferHistory Offers { get; }

    /// <summary>Where the customer stands in the named sequences.</summary>
    internal SequenceHistory History { get; }

    /// <summary>When the last sequence ended; in 1970 when there was none.</summary>
    internal DateTimeOffset LastSequenceEnd { get; private set; } = DateTimeOffset.UnixEpoch;

    /// <summary>Where the periods of caps meet.</summary>
    internal CapBounds Bounds { get; }

    /// <summary>When the current sequence ends by time alone. Only while there is one.</summary>
    public DateTimeOffset SequenceEnd => SequenceTouches[0] + Playbook.Sequence.Length;

    public DateTimeOffset? TimeOf(Instant instant) =>
        State.Instants[instant] is { } timeMs ? DateTimeOffset.FromUnixTimeMilliseconds(timeMs) : null;

    /// <summary>As the customer's variants have it.</summary>
    internal ActionModel ActionNamed(string name)
    {
        foreach (ActionModel action in Playbook.Actions)
            if (action.Name == name) return Draw.ActionFor(action);
        throw new ArgumentException($"the playbook has no action '{name}'", nameof(name));
    }

    /// <summary>Null when the channel is always open.</summary>
    internal WindowVerdict? WindowOf(Channel channel)
    {
        if (!Playbook.SendWindows.Schedules.TryGetValue(channel, out ChannelSchedule? schedule)) return null;
        if (!_windows.TryGetValue(channel, out WindowVerdict? verdict))
            _windows.Add(channel, verdict = WindowRules.Verdict(schedule, this));
        return verdict;
    }

    /// <summary>The caps of an action, those with a period with its bounds around <see cref="AsOf"/>, and its guards.</summary>
    internal IReadOnlyList<CapUse> CapsOf(ActionModel action)
    {
        CapUse[] steps = History.GuardsOf(action), offers = Offers.GuardsOf(action.Offer);
        return steps.Length + offers.Length == 0 ? BoundCapsOf(action) : [.. BoundCapsOf(action), .. steps, .. offers];
    }

    private IReadOnlyList<CapUse> BoundCapsOf(ActionModel action) => action.HasPeriodCaps ? Bounds.CapsAround(action.Caps, AsOf) : action.Caps;

    /// <summary>The customer's, else the first that the playbook assumes, else UTC.</summary>
    internal TimeZoneInfo CalendarZone => TimeZones.Find(State.Facts.Text(Fact.TimeZone))
        ?? (Playbook.SendWindows.ZonesWhenUnknown is [var assumed, ..] ? assumed : TimeZoneInfo.Utc);

    private List<DateTimeOffset> TouchesOfSequence()
    {
        DateTimeOffset? back = TimeOf(Instant.LastReengaged);
        if (back > LastSequenceEnd) LastSequenceEnd = back.Value;
        var touches = new List<DateTimeOffset>(Touches.SentTimes.Count);
        foreach (DateTimeOffset sent in Touches.SentTimes)
        {
            if (sent <= back) continue;
            if (touches.Count > 0 && sent >= touches[0] + Playbook.Sequence.Length) touches.Clear();
            touches.Add(sent);
        }

        if (touches.Count > 0 && AsOf >= touches[0] + Playbook.Sequence.Length)
        {
            LastSequenceEnd = touches[0] + Playbook.Sequence.Length;
            touches.Clear();
        }

        return touches;
    }
}
