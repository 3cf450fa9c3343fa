namespace WinBack.Core.Caps;

/// <summary>One time that a touch was seen.</summary>
/// <param name="TimeMicros">In microseconds since 1970.</param>
/// <param name="EventHash">Of the event id.</param>
public readonly record struct Impression(long TimeMicros, ulong EventHash) : IComparable<Impression>
{
    /// <summary>Kept under one cap; more than any limit, so that a full cap is known to be full, and for how long.</summary>
    public const int Most = 128;

    public int CompareTo(Impression other) =>
        TimeMicros != other.TimeMicros ? TimeMicros.CompareTo(other.TimeMicros) : EventHash.CompareTo(other.EventHash);
}
