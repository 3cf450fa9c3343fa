namespace WinBack.Core.Events;

/// <summary>Permission for a channel, or the state of its address, changed.</summary>
public sealed record ConsentPayload(Channel Channel, ConsentKind Kind) : EventPayload;
