namespace WinBack.Trees.Training;

/// <summary>How settings did on all folds.</summary>
/// <param name="Folds">In time order.</param>
public sealed record CrossValidationResult(IReadOnlyList<FoldResult> Folds)
{
    /// <summary>Mean over the folds, each counting the same.</summary>
    public double MeanLoss => Folds.Average(fold => fold.Loss);

    /// <summary>Mean of one of the metrics' figures by name, for instance auc.</summary>
    public double Mean(string figure) => Folds.Average(fold => fold.Metrics.Figures.Single(pair => pair.Key == figure).Value);
}
