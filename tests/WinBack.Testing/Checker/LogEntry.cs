using WinBack.Core.Events;

namespace WinBack.Testing.Checker;

/// <summary>One line of what a programme did to its customers, in the order in which it happened.</summary>
/// <param name="Time">By the clock of the caps (UTC).</param>
public abstract record LogEntry(DateTimeOffset Time)
{
    /// <summary>A message of the decisions topic.</summary>
    public sealed record Decided(DateTimeOffset Time, V1.Decision Decision) : LogEntry(Time);

    /// <summary>ConfirmDecision was accepted: the message leaves now.</summary>
    public sealed record Confirmed(DateTimeOffset Time, string DecisionId) : LogEntry(Time);

    /// <summary>ReleaseDecision was accepted.</summary>
    public sealed record Released(DateTimeOffset Time, string DecisionId) : LogEntry(Time);

    /// <summary>A record of the event topics was folded.</summary>
    public sealed record Happened(DateTimeOffset Time, CustomerEvent Event) : LogEntry(Time);
}
