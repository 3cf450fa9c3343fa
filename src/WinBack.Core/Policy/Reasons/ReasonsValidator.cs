using WinBack.Core.Events;

namespace WinBack.Core.Policy.Reasons;

/// <summary>Checks how a playbook weighs reasons.</summary>
internal static class ReasonsValidator
{
    internal static void Check(ReasonsConfig reasons, FieldChecks check)
    {
        check.Range("reasons.known_from", reasons.KnownFrom, 0.2, 0.99, "", "L1");
        check.Range("reasons.code_odds", reasons.CodeOdds, 1, 100, "", "L1");
        check.Range("reasons.text_odds", reasons.TextOdds, 1, 100, "", "L1");
        check.Range("reasons.answer_odds", reasons.AnswerOdds, 1, 100, "", "A5");
        foreach ((string reason, double prior) in reasons.Priors)
        {
            string path = $"reasons.priors.{reason}";
            check.OneOf<LapseReason>(path, reason);
            if (!(prior is > 0 and <= 1))
                check.Add(path, $"{prior} is not in (0, 1]", "write a share above 0; what cannot be ruled out is never 0", "L1");
        }

        foreach ((string clue, Dictionary<string, double> ratios) in reasons.LikelihoodRatios)
        {
            check.OneOf<BehaviourClue>($"reasons.likelihood_ratios.{clue}", clue);
            foreach ((string reason, double ratio) in ratios)
            {
                string path = $"reasons.likelihood_ratios.{clue}.{reason}";
                check.OneOf<LapseReason>(path, reason);
                check.Range(path, ratio, 0.05, 20, "", "L1");
            }
        }
    }
}
