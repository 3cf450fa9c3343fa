namespace WinBack.Core.Events;

/// <summary>A support case was opened or closed.</summary>
/// <param name="Satisfaction">1 to 5; 0 when not asked.</param>
public sealed record SupportCasePayload(bool IsClosed, int Satisfaction) : EventPayload;
