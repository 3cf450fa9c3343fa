using WinBack.Core.Events;

namespace WinBack.Core.Policy.Reasons;

/// <summary>One thing that spoke for or against a reason.</summary>
/// <param name="Source">cancel_code, cancel_text, answer_code, answer_text, or the name of a <see cref="BehaviourClue"/>.</param>
/// <param name="OddsRatio">By how much it multiplies the odds of the reason: above 1 speaks for it, below 1 against.</param>
/// <param name="Text">In words.</param>
/// <param name="Words">The words of free text that decided, the strongest first; else empty.</param>
public sealed record ReasonEvidence(string Source, LapseReason Reason, double OddsRatio, string Text, IReadOnlyList<string> Words);
