namespace WinBack.Core.Events;

/// <summary>All streams, in the order of their numbers.</summary>
public static class EventStreams
{
    public const int Count = 5;

    public static IReadOnlyList<EventStream> All { get; } =
        [EventStream.Usage, EventStream.Login, EventStream.Billing, EventStream.Engagement, EventStream.Outcome];
}
