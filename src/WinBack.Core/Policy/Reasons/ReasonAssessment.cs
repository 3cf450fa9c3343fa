using WinBack.Core.Events;

namespace WinBack.Core.Policy.Reasons;

/// <summary>Why a customer probably left (rules L1): a probability for each reason, and what it was taken from.</summary>
/// <param name="Reason">The most likely one, where it is likely enough to count as known; else unknown.</param>
/// <param name="Probabilities">Shape [6], by reason from price to unknown; sums to 1.</param>
/// <param name="Evidence">In the order it was weighed: codes, words, behaviour.</param>
public sealed record ReasonAssessment(
    LapseReason Reason, IReadOnlyList<double> Probabilities, IReadOnlyList<ReasonEvidence> Evidence)
{
    /// <summary>Of reasons: None is none of them.</summary>
    public const int ReasonCount = (int)LapseReason.Unknown;

    /// <summary>One line for answers: the strongest of what spoke for the reason.</summary>
    public string Summary { get; } = Summarise(Reason, Probabilities, Evidence);

    public double this[LapseReason reason] => Probabilities[(int)reason - 1];

    private static string Summarise(LapseReason reason, IReadOnlyList<double> probabilities, IReadOnlyList<ReasonEvidence> evidence)
    {
        string probability = Words.Number(probabilities[(int)reason - 1]);
        if (reason == LapseReason.Unknown)
        {
            int likely = 0;
            for (int i = 1; i < ReasonCount; i++)
                if (probabilities[i] > probabilities[likely]) likely = i;
            return likely == ReasonCount - 1
                ? $"probability {probability}"
                : $"the likeliest is {Names.Of((LapseReason)(likely + 1))} with {Words.Number(probabilities[likely])}, which is too little";
        }

        ReasonEvidence? strongest = null;
        foreach (ReasonEvidence one in evidence)
            if (one.Reason == reason && !(strongest?.OddsRatio >= one.OddsRatio)) strongest = one;
        return strongest is null ? $"probability {probability}" : $"probability {probability}: {strongest.Text}";
    }
}
