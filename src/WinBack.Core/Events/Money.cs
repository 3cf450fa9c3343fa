namespace WinBack.Core.Events;

/// <summary>An amount in millionths of the currency's main unit, with its ISO 4217 code.</summary>
public readonly record struct Money(long AmountMicros, string Currency);
