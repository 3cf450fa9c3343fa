namespace WinBack.Core.Events;

/// <summary>The cart changed.</summary>
public sealed record CartPayload(CartStatus Status, long ValueMicros, long ItemCount) : EventPayload;
