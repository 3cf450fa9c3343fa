namespace WinBack.Core.Events;

/// <summary>Something that happened to a customer, as validated at the edge.</summary>
/// <param name="EventTime">UTC, to the millisecond: when it happened.</param>
/// <param name="Payload"><see cref="UnknownPayload"/> for a kind that a newer producer knows and this binary does not.</param>
public sealed record CustomerEvent(
    EventId Id, CustomerId Customer, DateTimeOffset EventTime, string Source, EventPayload Payload);
