using System.Collections.Immutable;

namespace WinBack.Core.Events;

/// <summary>All streams, in the order of their numbers.</summary>
public static class EventStreams
{
    public const int Count = 5;

    /// <summary>An array by its type too, because going through a list by its interface allocates, for every state read.</summary>
    public static ImmutableArray<EventStream> All { get; } =
        [EventStream.Usage, EventStream.Login, EventStream.Billing, EventStream.Engagement, EventStream.Outcome];
}
