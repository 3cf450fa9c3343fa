using Google.Protobuf.WellKnownTypes;
using WinBack.Core.Events;
using WinBack.Testing.Checker;

namespace WinBack.Tests.Checker;

/// <summary>A log of one customer, line by line; days count from noon of 1 April 2026, UTC, and the customer cancelled on day -9.</summary>
internal sealed class HandmadeLog
{
    internal static readonly DateTimeOffset Start = new(2026, 4, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly CustomerId Customer = new("c");
    private readonly RuleChecker _checker;
    private double _lastReturn = -10;
    private int _lines;

    internal HandmadeLog(ProgrammeFacts facts)
    {
        _checker = new RuleChecker(facts);
        Happens(-10, new BillingPayload(BillingKind.Purchase, 1, 1, "", "", "", null));
        Happens(-9, new LifecyclePayload(LifecycleKind.Cancelled, LapseReason.Price, ""));
    }

    internal IReadOnlyList<string> Violations => _checker.Violations;

    internal static DateTimeOffset Day(double day) => Start.AddDays(day);

    internal void Happens(double day, EventPayload payload)
    {
        var e = new CustomerEvent(new EventId($"e{++_lines}"), Customer, Day(day), "", payload);
        _checker.Read(new LogEntry.Happened(Day(day), e));
    }

    /// <summary>Decided and confirmed at once.</summary>
    /// <param name="offerEnd">The date that the message names, as a day; null for none.</param>
    internal void Sends(double day, string action, string offer = "", double? offerEnd = null, Channel channel = Channel.Email)
    {
        string id = $"d{++_lines}";
        var decision = new V1.Decision
        {
            DecisionId = id, CustomerId = Customer.Value, Kind = V1.Decision.Types.Kind.Action, Action = action, Channel = (V1.Channel)channel,
            Offer = offer, DecideTime = Day(day).ToTimestamp(), ReservationExpireTime = Day(day).AddMinutes(10).ToTimestamp(),
            OfferEndTime = offerEnd is { } end ? Day(end).ToTimestamp() : null,
            Evidence = new V1.DecisionEvidence
            {
                Reservation = Duration.FromTimeSpan(TimeSpan.FromMinutes(10)),
                Ranking = { new V1.RankedCandidate { Action = action, Channel = (V1.Channel)channel } },
                LastReengagedTime = Day(_lastReturn).ToTimestamp(),
            },
        };
        _checker.Read(new LogEntry.Decided(Day(day), decision));
        _checker.Read(new LogEntry.Confirmed(Day(day), id));
    }

    /// <summary>A return that later decisions know of.</summary>
    internal void ComesBack(double day)
    {
        _lastReturn = day;
        Happens(day, new LoginPayload(""));
    }
}
