using WinBack.Trees.Metrics;
using WinBack.Trees.ModelFiles;
using WinBack.Trees.Training;

namespace WinBack.Cli.Training.Report;

/// <summary>The model in use and the new one, judged on the same rows.</summary>
/// <param name="Name">Name and version of the champion.</param>
/// <param name="Predictions">Shape [rows]; the champion's.</param>
/// <param name="Figures">The champion's.</param>
/// <param name="Differences">New minus champion, with intervals on the same resamples.</param>
internal sealed record ChampionComparison(
    string Name, double[] Predictions, ModelMetrics Figures, IReadOnlyList<MetricInterval> Differences)
{
    /// <param name="source">The table that the judged rows are from, for columns that only the champion asks for.</param>
    /// <param name="rows">Their row numbers in it.</param>
    /// <exception cref="BadInputException">The champion predicts something else, or asks for features that the table lacks.</exception>
    internal static ChampionComparison Of(TreeModel champion, JudgedRows judged, TableFile source, IReadOnlyList<int> rows)
    {
        if (champion.Ensemble.Link.GivesProbabilities != judged.AreProbabilities)
            throw new BadInputException("--champion: one of the two models gives probabilities and the other means");
        TrainingTable table = TableOrder.As(source, champion.Ensemble).Select(rows);
        double[] predictions = GradientBoostingTrainer.Predictions(champion.Ensemble, table);
        float[] labels = judged.Table.Labels.ToArray(), weights = judged.Table.Weights.ToArray();
        return new ChampionComparison(
            $"{champion.Manifest?.Card.Name ?? "champion"} {champion.Manifest?.Card.Version}".Trim(),
            predictions,
            ModelMetrics.Compute(judged.AreProbabilities, predictions, labels, weights),
            Bootstrap.Compare(judged.AreProbabilities, judged.Predictions, predictions, labels, weights, judged.Customers, seed: 1));
    }
}
