namespace WinBack.Core.Events;

/// <summary>What happened; one sealed record per kind. Fields mean what protos/winback/v1/events.proto says.</summary>
public abstract record EventPayload;
