using WinBack.Core.Caps;
using WinBack.Core.Decisions;

namespace WinBack.Adapters.Redis;

/// <summary>A decision as it is kept, with all that it takes to make it again.</summary>
/// <param name="Written">The decision before the caps were asked, as it stands in Redis.</param>
/// <param name="Plan">Read from <paramref name="Written"/>.</param>
/// <param name="Result">What the caps said, and where the reservation stands.</param>
/// <param name="CapsRead">The touches that the plan was made with.</param>
/// <param name="CapsAsked">The touches that the caps were asked of. The caller's own copies.</param>
public sealed record KeptDecision(byte[] Written, DecisionPlan Plan, ReserveResult Result, CapLedger CapsRead, CapLedger CapsAsked)
{
    /// <summary>Written with what the caps said: its denials were foreseen.</summary>
    public bool IsForeseen { get; init; }

    public Decision Decision => DecisionPipeline.Conclude(Plan, Result);
}
