using WinBack.Core.Events;

namespace WinBack.Core.Decisions;

/// <summary>"What do we send this customer now?"</summary>
/// <param name="RequestId">Makes the call idempotent. Null for a preview, which reserves and stores nothing.</param>
/// <param name="Channels">The channels the caller can use; empty for all.</param>
public sealed record DecisionRequest(CustomerId Customer, Guid? RequestId, IReadOnlyList<Channel> Channels)
{
    public bool IsPreview => RequestId is null;
}
