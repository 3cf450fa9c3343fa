namespace WinBack.Core.Events;

/// <summary>A feature of the product was used.</summary>
/// <param name="Quantity">Uses, at least 1.</param>
public sealed record UsagePayload(string Feature, long Quantity, long DurationSeconds, long ErrorCount) : EventPayload;
