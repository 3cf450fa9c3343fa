namespace WinBack.Core.Events;

/// <summary>The account began, ended or came back.</summary>
public sealed record LifecyclePayload(LifecycleKind Kind, LapseReason Reason, string ReasonText) : EventPayload;
