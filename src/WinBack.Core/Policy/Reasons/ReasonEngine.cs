using WinBack.Core.Events;
using WinBack.Core.State;

namespace WinBack.Core.Policy.Reasons;

/// <summary>
/// Weighs why a customer left (rules L1), as naive Bayes does: prior odds times one likelihood ratio for each piece of
/// evidence, taken as if they were independent, then divided by their sum. What came before the customer's last return
/// speaks of an earlier lapse and is left out:
/// <list type="number">
/// <item>the code of an answer to the question why (rules A5), and its words;</item>
/// <item>the code given with the cancellation, and its words;</item>
/// <item>behaviour (<see cref="BehaviourClues"/>).</item>
/// </list>
/// Ratios are multiplied instead of logarithms added: products and quotients are the same bit for bit on every machine.
/// Evidence that is not independent counts twice, which makes the engine too sure, never biased to a side; the playbook
/// bounds what one piece may do.
/// </summary>
public static class ReasonEngine
{
    private static readonly string[] NoWords = [];

    /// <param name="state">Not erased.</param>
    public static ReasonAssessment Assess(CustomerState state, ReasonsModel model)
    {
        Span<double> odds = stackalloc double[ReasonAssessment.ReasonCount];
        for (int i = 0; i < odds.Length; i++) odds[i] = model.Priors[i];
        var evidence = new List<ReasonEvidence>();
        long backMs = state.Instants[Instant.LastReengaged] ?? long.MinValue;

        // Step 1
        Code(state, Fact.AnswerReason, backMs, "answer_code", "the answer when asked", model.AnswerOdds, odds, evidence);
        Text(state, Fact.AnswerText, backMs, "answer_text", model.AnswerOdds, odds, evidence);

        // Step 2
        Code(state, Fact.CancelReason, backMs, "cancel_code", "the reason given with the cancellation", model.CodeOdds, odds, evidence);
        Text(state, Fact.CancelReasonText, backMs, "cancel_text", model.TextOdds, odds, evidence);

        // Step 3
        foreach (BehaviourClue clue in Enum.GetValues<BehaviourClue>())
            if (BehaviourClues.Holds(clue, state)) Behaviour(clue, model.Likelihoods, odds, evidence);

        return Conclude(odds, model.KnownFrom, evidence);
    }

    private static void Code(
        CustomerState state, Fact fact, long backMs, string source, string text, double ratio, Span<double> odds, List<ReasonEvidence> evidence)
    {
        if (state.Facts.Number(fact) is not { } code || state.Facts.TimeMs(fact) < backMs) return;
        if (code is < (long)LapseReason.Price or > (long)LapseReason.Unknown) return;
        odds[(int)code - 1] *= ratio;
        evidence.Add(new ReasonEvidence(source, (LapseReason)code, ratio, text, NoWords));
    }

    /// <summary>Its likelihood is relative to that of saying nothing of use, and bounded.</summary>
    private static void Text(
        CustomerState state, Fact fact, long backMs, string source, double bound, Span<double> odds, List<ReasonEvidence> evidence)
    {
        if (state.Facts.Text(fact) is not { Length: > 0 } text || state.Facts.TimeMs(fact) < backMs) return;
        if (TextTagger.Default.Tag(text) is not { } tag) return;
        double unknown = tag.Ratios[^1];
        for (int i = 0; i < odds.Length - 1; i++) odds[i] *= Math.Clamp(tag.Ratios[i] / unknown, 1 / bound, bound);
        double next = 0;
        for (int i = 0; i < odds.Length; i++)
            if (i != (int)tag.Reason - 1) next = Math.Max(next, tag.Ratios[i]);
        double ratio = tag.Ratios[(int)tag.Reason - 1] / (tag.Reason == LapseReason.Unknown ? next : unknown);
        string words = string.Join(", ", tag.Words.Select(word => $"'{word}'"));
        evidence.Add(new ReasonEvidence(source, tag.Reason, Math.Min(ratio, bound), $"the words {words}", tag.Words));
    }

    private static void Behaviour(BehaviourClue clue, LikelihoodTable table, Span<double> odds, List<ReasonEvidence> evidence)
    {
        for (var reason = LapseReason.Price; reason <= LapseReason.Unknown; reason++)
        {
            double ratio = table[clue, reason];
            if (ratio == 1) continue;
            odds[(int)reason - 1] *= ratio;
            evidence.Add(new ReasonEvidence(Names.Of(clue), reason, ratio, BehaviourClues.TextOf(clue), NoWords));
        }
    }

    private static ReasonAssessment Conclude(ReadOnlySpan<double> odds, double knownFrom, List<ReasonEvidence> evidence)
    {
        double sum = 0;
        foreach (double one in odds) sum += one;
        double[] probabilities = new double[odds.Length];
        int likely = 0;
        for (int i = 0; i < odds.Length; i++)
        {
            probabilities[i] = odds[i] / sum;
            if (probabilities[i] > probabilities[likely]) likely = i;
        }

        LapseReason reason = probabilities[likely] >= knownFrom ? (LapseReason)(likely + 1) : LapseReason.Unknown;
        return new ReasonAssessment(reason, probabilities, evidence);
    }
}
