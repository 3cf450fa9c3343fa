namespace WinBack.Core.Events;

/// <summary>Facts about the customer; null or <see cref="ValueTier.None"/> leaves what is known.</summary>
public sealed record ProfilePayload(
    string? TimeZone, string? Language, ValueTier ValueTier, string? AccountOwner, string? Category) : EventPayload;
