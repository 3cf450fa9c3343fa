using WinBack.Core.Events;

namespace WinBack.Core.Policy.Reasons;

/// <summary>What a text says about the reason of a lapse.</summary>
/// <param name="Reason">The one that it speaks for most.</param>
/// <param name="Probability">Of that reason by the text alone, all reasons being as likely beforehand.</param>
/// <param name="Ratios">Shape [6], by reason from price to unknown: likelihoods up to a factor that all have in common.</param>
/// <param name="Words">The words and pairs of words that decided, the strongest first; at most three.</param>
public sealed record TextTag(LapseReason Reason, double Probability, IReadOnlyList<double> Ratios, IReadOnlyList<string> Words);
