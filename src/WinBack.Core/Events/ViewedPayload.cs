namespace WinBack.Core.Events;

/// <summary>A page or category was looked at.</summary>
public sealed record ViewedPayload(string Page, string Category) : EventPayload;
