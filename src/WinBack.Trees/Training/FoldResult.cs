using WinBack.Trees.Metrics;

namespace WinBack.Trees.Training;

/// <summary>How settings did on one fold.</summary>
/// <param name="LearningRows">Rows learnt from.</param>
/// <param name="ValidationRows">Rows judged.</param>
/// <param name="From">Time of the earliest row judged; null when rows have no times.</param>
/// <param name="Rounds">Rounds kept.</param>
/// <param name="Loss">Mean of the objective's loss on the rows judged; infinite when no tree was grown.</param>
/// <param name="Metrics">On the rows judged.</param>
public sealed record FoldResult(
    int LearningRows, int ValidationRows, DateTimeOffset? From, int Rounds, double Loss, ModelMetrics Metrics);
