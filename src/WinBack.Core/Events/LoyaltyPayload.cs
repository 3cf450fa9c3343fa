namespace WinBack.Core.Events;

/// <summary>The balance of the loyalty programme, in points, after a change.</summary>
public sealed record LoyaltyPayload(long BalancePoints) : EventPayload;
