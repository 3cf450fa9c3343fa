namespace WinBack.Core.Events;

/// <summary>A kind of event that this binary does not know: counted, and passed over.</summary>
public sealed record UnknownPayload : EventPayload
{
    public static UnknownPayload Instance { get; } = new();
}
