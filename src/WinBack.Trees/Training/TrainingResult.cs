using WinBack.Trees.Ensemble;
using WinBack.Trees.Metrics;

namespace WinBack.Trees.Training;

/// <summary>What a training run gives back.</summary>
/// <param name="Ensemble">The model, cut to the best round when early stopping was on.</param>
/// <param name="History">One entry per round that ran, in order.</param>
/// <param name="TrainMetrics">On the rows learnt from (optimistic).</param>
/// <param name="ValidationMetrics">On the held-out part, after calibration; null without one. Slightly optimistic when that
/// part also chose the round or the calibration: judge on rows that training never saw.</param>
/// <param name="Calibration">What the calibration did; null without one.</param>
public sealed record TrainingResult(
    TreeEnsemble Ensemble,
    IReadOnlyList<TrainingProgress> History,
    ModelMetrics TrainMetrics,
    ModelMetrics? ValidationMetrics,
    CalibrationOutcome? Calibration = null)
{
    /// <summary>Rounds kept.</summary>
    public int Rounds => Ensemble.Trees.Count;
}
