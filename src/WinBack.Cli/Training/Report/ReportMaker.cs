using WinBack.Trees.Ensemble;
using WinBack.Trees.Explain;
using WinBack.Trees.ModelFiles;
using WinBack.Trees.Training;

namespace WinBack.Cli.Training.Report;

/// <summary>Computes what a report shows.</summary>
internal static class ReportMaker
{
    private const int Bars = 15;
    private const int Dependences = 6;
    private const int ShapRows = 200;

    internal static ReportContent Make(ModelCard card, TrainedModel trained, JudgedRows judged, ChampionComparison? champion, bool isRefit)
    {
        TreeEnsemble ensemble = judged.Ensemble;
        double[] gains = FeatureShares.Of(ensemble).Shares;
        var model = new TreeModel(ensemble);
        return new ReportContent
        {
            Card = card,
            Judged = judged,
            History = trained.Watched.History,
            RoundsKept = trained.Watched.Rounds,
            GainShares = Largest(gains, ensemble),
            ShapMeans = TreeShap.KnowsCovers(ensemble) ? Largest(ShapMeans(ensemble, judged.Table), ensemble) : [],
            Dependences = FeatureShares.Ranked(gains).Take(Dependences)
                .Select(f => PartialDependence.Of(model, judged.Table, card.Features[f], f)).Where(d => d.Points.Count > 1).ToArray(),
            Champion = champion,
            IsRefit = isRefit,
        };
    }

    /// <summary>Our trees ask one feature a node, so each group of the explanation is one feature.</summary>
    internal static double[] ShapMeans(TreeEnsemble ensemble, TrainingTable table)
    {
        var shap = new TreeShap(ensemble);
        double[] means = new double[ensemble.FeatureCount];
        double[] contributions = new double[shap.Groups.Count];
        float[] row = new float[ensemble.FeatureCount];
        int count = Math.Min(ShapRows, table.RowCount);
        for (int i = 0; i < count; i++)
        {
            table.CopyRow((int)((long)i * table.RowCount / count), row);
            shap.Contributions(row, contributions);
            for (int f = 0; f < means.Length; f++) means[f] += Math.Abs(contributions[shap.Groups.GroupOf(f)]) / count;
        }

        return means;
    }

    private static FeatureBar[] Largest(double[] values, TreeEnsemble ensemble) => FeatureShares.Ranked(values).Take(Bars)
        .Select(f => new FeatureBar(ensemble.FeatureNames[f], values[f])).ToArray();
}
