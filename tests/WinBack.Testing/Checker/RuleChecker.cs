using WinBack.Core.Events;

namespace WinBack.Testing.Checker;

/// <summary>
/// Reads the log of a programme from its first line to its last and says which rules it broke. Written apart from the engine:
/// it knows the messages of the decisions topic, what was confirmed and released, the events, and the rules' own words
/// (shared rules C1 to C5, C7, L3 to L5, S1 to S7); no state, no playbook model, no ledger.
/// </summary>
/// <param name="facts">What the programme's owner promised.</param>
public sealed class RuleChecker(ProgrammeFacts facts)
{
    private readonly Dictionary<string, LogCustomer> _customers = [];
    private readonly Dictionary<string, LogTouch> _touches = [];
    private readonly List<string> _violations = [];

    /// <summary>Touches that were confirmed.</summary>
    public int ConfirmedTouches { get; private set; }

    /// <summary>Each begins with the rule.</summary>
    public IReadOnlyList<string> Violations => _violations;

    public void Read(LogEntry entry)
    {
        switch (entry)
        {
            case LogEntry.Happened happened: CustomerOf(happened.Event.Customer.Value).Take(happened.Event); break;
            case LogEntry.Decided { Decision.Kind: V1.Decision.Types.Kind.Action } decided: Decide(decided.Decision); break;
            case LogEntry.Decided: break;
            case LogEntry.Released released: _touches[released.DecisionId].IsReleased = true; break;
            case LogEntry.Confirmed confirmed: Confirm(confirmed); break;
        }
    }

    private void Decide(V1.Decision decision)
    {
        if (_touches.ContainsKey(decision.DecisionId)) return;
        LogCustomer customer = CustomerOf(decision.CustomerId);
        V1.RankedCandidate chosen = decision.Evidence.Ranking.First(c => c.Action == decision.Action && c.Channel == decision.Channel);
        var touch = new LogTouch(decision, chosen, customer.Tier, customer.Zone ?? facts.ZoneWhenUnknown);
        Permission(customer, touch, "decided");
        foreach (V1.CapUse cap in touch.Caps.Where(cap => cap.Enforced)) Cap(customer, touch, cap);
        if (touch.IsMarketing) Sequence(customer, touch);
        if (touch.IsMarketing) Violate(touch, LapseChecks.Decided(customer, touch, facts));
        customer.Touches.Add(touch);
        _touches.Add(decision.DecisionId, touch);
    }

    private void Confirm(LogEntry.Confirmed confirmed)
    {
        LogTouch touch = _touches[confirmed.DecisionId];
        if (touch.ConfirmTime is not null) return;
        LogCustomer customer = CustomerOf(touch.Decision.CustomerId);
        Permission(customer, touch, "confirmed");
        if (touch.IsReleased) Violate("C3", touch, "confirmed after it was released");
        if (confirmed.Time >= touch.Expires) Violate("C3", touch, $"confirmed at {confirmed.Time:O}, after its places were given back");
        if (touch.IsMarketing) Window(customer, touch, confirmed.Time);
        DateTimeOffset? knownReturn = touch.Decision.Evidence.LastReengagedTime?.ToDateTimeOffset();
        if (touch.IsMarketing && customer.LastReturn is { } back && !(back <= knownReturn))
            Violate("S3", touch, $"confirmed although the customer came back at {back:O}");
        Violate(touch, SequenceChecks.Of(customer, touch, facts));
        Violate(touch, OfferChecks.Of(customer, touch, facts));
        Violate(touch, LapseChecks.Confirmed(customer, touch, facts));
        touch.ConfirmTime = confirmed.Time;
        ConfirmedTouches++;
    }

    private void Permission(LogCustomer customer, LogTouch touch, string what)
    {
        var channel = (Channel)touch.Decision.Channel;
        if (customer.IsErased) Violate("C1", touch, $"{what} for a customer who asked to be forgotten");
        if (touch.IsMarketing && customer.HasWithdrawn(channel)) Violate("C1", touch, $"{what} after consent was withdrawn");
        if (customer.HasBounced(channel)) Violate("C7", touch, $"{what} for an address that bounced");
    }

    /// <summary>Before the touch took its place there was one free: fewer held than the limit.</summary>
    private void Cap(LogCustomer customer, LogTouch touch, V1.CapUse cap)
    {
        TimeZoneInfo zone = customer.Zone ?? facts.ZoneWhenUnknown;
        int held = customer.Touches.SelectMany(other => other.PlacesUnder(cap.Key, touch.Stamp))
            .Count(place => IsWithin(cap, place, touch.Stamp, zone));
        if (held >= cap.Limit) Violate("C2", touch, $"{cap.Key} held {held} of {cap.Limit} already");
    }

    private static bool IsWithin(V1.CapUse cap, DateTimeOffset place, DateTimeOffset at, TimeZoneInfo zone)
    {
        DateTime then = TimeZoneInfo.ConvertTime(place, zone).Date, now = TimeZoneInfo.ConvertTime(at, zone).Date;
        return cap.Period switch
        {
            "day" => then == now,
            "week" => Monday(then) == Monday(now),
            "month" => (then.Year, then.Month) == (now.Year, now.Month),
            "" => place > at - cap.Window.ToTimeSpan(),
            _ => false,
        };
    }

    private static DateTime Monday(DateTime date) => date.AddDays(-(((int)date.DayOfWeek + 6) % 7));

    private void Sequence(LogCustomer customer, LogTouch touch)
    {
        DateTimeOffset at = touch.Stamp;
        LogTouch[] sent = customer.Touches.Where(t => t.IsMarketing && t.ConfirmTime is not null).ToArray();
        int recent = sent.Count(t => t.Stamp > at - facts.SequenceLength);
        if (recent >= facts.MostTouches) Violate("S1", touch, $"is touch {recent + 1} within {facts.SequenceLength.TotalDays} days");
        if (facts.Discounts.Contains(touch.Decision.Offer)
            && !sent.Any(t => t.Stamp > at - facts.SequenceLength && !(t.Stamp <= customer.LastReturn)))
            Violate("S2", touch, "opens a sequence with a discount");
        if (customer.LastReturn is { } back && at < back + facts.Rest && sent.Any(t => t.Stamp < back))
            Violate("S4", touch, $"follows a return at {back:O} that followed a touch");
    }

    private void Window(LogCustomer customer, LogTouch touch, DateTimeOffset at)
    {
        if (facts.OpenHours is not var (from, to) || touch.Decision.Channel != V1.Channel.Email) return;
        TimeSpan local = TimeZoneInfo.ConvertTime(at, customer.Zone ?? facts.ZoneWhenUnknown).TimeOfDay;
        if (local < from || local >= to) Violate("C4", touch, $"confirmed at {local} by the customer's clock");
    }

    private void Violate(LogTouch touch, IEnumerable<(string Rule, string What)> found)
    {
        foreach ((string rule, string what) in found) Violate(rule, touch, what);
    }

    private void Violate(string rule, LogTouch touch, string what) =>
        _violations.Add($"{rule}: {touch.Decision.Action} of {touch.Decision.DecisionId} at {touch.Stamp:O}: {what}");

    private LogCustomer CustomerOf(string id)
    {
        if (!_customers.TryGetValue(id, out LogCustomer? customer)) _customers.Add(id, customer = new LogCustomer());
        return customer;
    }
}
