namespace WinBack.Trees.Training;

/// <summary>Where training stands after one round.</summary>
/// <param name="Round">From 1.</param>
/// <param name="Rounds">Rounds at most.</param>
/// <param name="TrainLoss">Mean of the objective's loss on the rows learnt from.</param>
/// <param name="ValidationLoss">The same on the held-out part; NaN without one.</param>
/// <param name="ValidationAuc">On the held-out part; NaN without one, and where labels are not 0 or 1.</param>
public sealed record TrainingProgress(int Round, int Rounds, double TrainLoss, double ValidationLoss, double ValidationAuc);
