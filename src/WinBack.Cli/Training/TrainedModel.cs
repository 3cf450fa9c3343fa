using WinBack.Trees.Ensemble;
using WinBack.Trees.Training;

namespace WinBack.Cli.Training;

/// <summary>What <see cref="TrainingJob"/> gives back.</summary>
/// <param name="Watched">The run on the earlier part, judged on the later one.</param>
/// <param name="Ensemble">The model: that of <paramref name="Watched"/>, or the refit.</param>
/// <param name="GoldenRows">Rows of the table to tie the saved model to its answers.</param>
internal sealed record TrainedModel(TimeSplit Split, TrainingResult Watched, TreeEnsemble Ensemble, float[][] GoldenRows)
{
    /// <summary>The settings of the model: those given, or the best of a search.</summary>
    internal required TrainingOptions Options { get; init; }

    /// <summary>Empty without cross-validation.</summary>
    internal required IReadOnlyList<SearchTrial> Trials { get; init; }

    internal required SearchTrial? Best { get; init; }
}
