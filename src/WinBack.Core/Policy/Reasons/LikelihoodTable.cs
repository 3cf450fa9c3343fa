using WinBack.Core.Events;

namespace WinBack.Core.Policy.Reasons;

/// <summary>
/// Likelihood ratios of behaviour: how much more often a clue is seen with a reason than where no reason stands out. The
/// defaults are judgements, not measurements, and stand in docs/REASONS.md with what led to them; a playbook may replace
/// each of them.
/// </summary>
internal sealed class LikelihoodTable
{
    /// <summary>Ratio 1 where nothing stands.</summary>
    internal static readonly IReadOnlyList<(BehaviourClue Clue, LapseReason Reason, double Ratio)> Defaults =
    [
        (BehaviourClue.SupportCaseLast, LapseReason.SupportFriction, 8),
        (BehaviourClue.SupportCaseLast, LapseReason.ProductFit, 1.5),
        (BehaviourClue.SupportCaseLast, LapseReason.Neglect, 0.5),
        (BehaviourClue.PoorSatisfaction, LapseReason.SupportFriction, 4),
        (BehaviourClue.GoodSatisfaction, LapseReason.SupportFriction, 0.4),
        (BehaviourClue.FailedPayment, LapseReason.Price, 3),
        (BehaviourClue.SilentBeforeCancelling, LapseReason.Neglect, 8),
        (BehaviourClue.SilentBeforeCancelling, LapseReason.Switching, 1.5),
        (BehaviourClue.UsedToTheEnd, LapseReason.Neglect, 0.25),
        (BehaviourClue.UsedToTheEnd, LapseReason.Price, 1.5),
        (BehaviourClue.UsedToTheEnd, LapseReason.Switching, 1.5),
        (BehaviourClue.FallingUse, LapseReason.Neglect, 2),
        (BehaviourClue.FallingUse, LapseReason.ProductFit, 1.3),
        (BehaviourClue.ErrorsMet, LapseReason.ProductFit, 2),
        (BehaviourClue.ErrorsMet, LapseReason.SupportFriction, 1.5),
    ];

    private static readonly int ClueCount = Enum.GetValues<BehaviourClue>().Length;
    private readonly double[] _ratios;

    /// <param name="config">Found right by <see cref="ReasonsValidator"/>.</param>
    internal LikelihoodTable(ReasonsConfig config)
    {
        _ratios = new double[ClueCount * ReasonAssessment.ReasonCount];
        Array.Fill(_ratios, 1);
        foreach ((BehaviourClue clue, LapseReason reason, double ratio) in Defaults) _ratios[Place(clue, reason)] = ratio;
        foreach ((string clueName, Dictionary<string, double> ratios) in config.LikelihoodRatios)
            foreach ((string reasonName, double ratio) in ratios)
                if (Names.TryParse(clueName, out BehaviourClue clue) && Names.TryParse(reasonName, out LapseReason reason))
                    _ratios[Place(clue, reason)] = ratio;
    }

    internal double this[BehaviourClue clue, LapseReason reason] => _ratios[Place(clue, reason)];

    private static int Place(BehaviourClue clue, LapseReason reason) =>
        ((int)clue * ReasonAssessment.ReasonCount) + (int)reason - 1;
}
