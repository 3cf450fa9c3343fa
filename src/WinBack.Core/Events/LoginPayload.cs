namespace WinBack.Core.Events;

/// <summary>The customer logged in.</summary>
public sealed record LoginPayload(string Device) : EventPayload;
