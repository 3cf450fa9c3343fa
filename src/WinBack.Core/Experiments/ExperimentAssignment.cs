namespace WinBack.Core.Experiments;

/// <summary>The place of one customer in one experiment when a decision was made.</summary>
/// <param name="Experiment">Name and salt: <see cref="ExperimentStage.IdOf"/>.</param>
/// <param name="Percent">The step of the rollout gate, 1 to 100; 100 without a gate.</param>
/// <param name="Probability">With which the customer came into this variant, given that it is in the experiment (rules E4).</param>
/// <param name="Success">What counts for it, and within what time after the first exposure; null for the holdout.</param>
public sealed record ExperimentAssignment(
    string Experiment, string Variant, int Percent, double Probability, SuccessKind? Success = null, TimeSpan Within = default)
{
    /// <summary>Stands where an experiment would: the customer is in the global holdout (rules E2).</summary>
    public const string Holdout = "holdout";
}
