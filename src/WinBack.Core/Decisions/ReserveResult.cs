using WinBack.Core.Caps;

namespace WinBack.Core.Decisions;

/// <summary>What the caps said to a plan's ranking.</summary>
/// <param name="Chosen">Index of the first candidate that all its caps allow; -1 when there is none.</param>
/// <param name="ClockTime">The caps' clock (UTC) when they were asked; never backwards for a customer.</param>
/// <param name="ExpireTime">Until when the places are held; null when nothing was reserved.</param>
/// <param name="Denials">Of every candidate better than the chosen one, by candidate.</param>
/// <param name="Status">Where the reservation stands now.</param>
public sealed record ReserveResult(
    int Chosen,
    DateTimeOffset ClockTime,
    DateTimeOffset? ExpireTime,
    IReadOnlyList<CapDenial> Denials,
    DecisionStatus Status);
