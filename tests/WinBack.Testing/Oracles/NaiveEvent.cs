using WinBack.Core.Events;

namespace WinBack.Testing.Oracles;

/// <summary>A record of the log that holds an event of a kind that is known.</summary>
/// <param name="Index">Place of the record in the log.</param>
internal sealed record NaiveEvent(int Index, EventStream Stream, long IngestMs, long TimeMs, V1.CustomerEvent Message)
{
    internal ulong Hash => new EventId(Message.EventId).Hash;

    internal bool IsErasure => Message.Lifecycle?.Kind == V1.LifecycleEvent.Types.Kind.Erased;

    /// <summary>What is obeyed however late it comes.</summary>
    internal bool IsErasureOrPermission =>
        IsErasure || Message.Consent is not null || Message.Outcome?.Kind == V1.OutcomeEvent.Types.Kind.Unsubscribed;
}
