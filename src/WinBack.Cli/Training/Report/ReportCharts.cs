using System.Xml.Linq;
using WinBack.Trees.Metrics;

namespace WinBack.Cli.Training.Report;

/// <summary>The charts about how well the model predicts.</summary>
internal sealed class ReportCharts(ReportContent content)
{
    private const int DrawnPoints = 120;
    private const int Parts = 10;
    private const int ScoreBins = 25;

    private readonly double[] _predictions = content.Judged.Predictions;
    private readonly float[] _labels = content.Judged.Table.Labels.ToArray();
    private readonly float[] _weights = content.Judged.Table.Weights.ToArray();

    /// <summary>Curves over thresholds need rows of both labels, and shares of an amount need an amount.</summary>
    internal IEnumerable<XElement> All()
    {
        bool hasOrder = _labels.Min() < _labels.Max() && _labels.Sum() > 0;
        if (!content.Judged.AreProbabilities)
            return [MeansByPart(), .. hasOrder ? [Gain("share of the amount found")] : (XElement[])[], Scores(), Learning()];
        XElement[] ordered = hasOrder ? [Roc(), PrecisionRecall(), Lift(), Gain("share of label 1 found")] : [];
        return [.. ordered, Calibration(), Scores(), Learning()];
    }

    private XElement Roc() => Compared(
            new SvgPlot("ROC", "false positive rate", "true positive rate", (0, 1), (0, 1)).Line(Diagonal, "guide"),
            predictions => ScoreCurves.Roc(predictions, _labels, _weights))
        .Build("The share of label 1 found against the share of label 0 taken along; chance is the diagonal.");

    private XElement PrecisionRecall()
    {
        double rate = content.Judged.Table.Labels.Length == 0 ? 0 : ModelMetrics.Compute(true, _predictions, _labels, _weights).Figures[1].Value;
        double average = ScoreCurves.AveragePrecision(_predictions, _labels, _weights);
        return Compared(
                new SvgPlot("Precision and recall", "recall", "precision", (0, 1), (0, 1)).Line([new(0, rate), new(1, rate)], "guide"),
                predictions => ScoreCurves.PrecisionRecall(predictions, _labels, _weights))
            .Build(FormattableString.Invariant($"Average precision {average:F4}; the dashed line is the base rate {rate:P1}."));
    }

    private XElement Calibration()
    {
        CalibrationTable table = CalibrationTable.Create(_predictions, _labels, _weights);
        var plot = new SvgPlot("Calibration", "probability said", "rate seen", (0, 1), (0, 1)).Line(Diagonal, "guide");
        if (content.Champion is { } champion)
        {
            CurvePoint[] other = Points(CalibrationTable.Create(champion.Predictions, _labels, _weights));
            plot.Line(other, "champion").Dots(other, "champion", "champion");
        }

        CurvePoint[] own = Points(table);
        return plot.Line(own, "ours").Dots(own, "ours", content.Champion is null ? null : "this model")
            .Build(FormattableString.Invariant($"Mean distance from the diagonal (ECE), weighted by rows: {table.ExpectedCalibrationError:F4}."));
        static CurvePoint[] Points(CalibrationTable of) =>
            of.Rows.Where(row => row.Weight > 0).Select(row => new CurvePoint(row.MeanProbability, row.ObservedRate)).ToArray();
    }

    private XElement Lift()
    {
        IReadOnlyList<LiftRow> rows = LiftTable.Create(_predictions, _labels, Math.Min(Parts, _labels.Length));
        double most = Math.Max(1.2, rows.Max(row => row.Lift) * 1.1);
        string best = FormattableString.Invariant($"The best tenth has {rows[0].Lift:F2} times the base rate");
        return new SvgPlot("Lift", "tenth of the rows, best first", "rate over base rate", (0, rows.Count), (0, most))
            .Bars(rows.Select(row => (row.Part - 1.0, (double)row.Part, row.Lift)), "ours")
            .Line([new(0, 1), new(rows.Count, 1)], "guide")
            .Build(best + FormattableString.Invariant($" and holds {rows[0].CapturedShare:P1} of all label 1."));
    }

    private XElement Gain(string yLabel) => Compared(
            new SvgPlot("Gain", "share of rows taken, best first", yLabel, (0, 1), (0, 1)).Line(Diagonal, "guide"),
            predictions => ScoreCurves.Gain(predictions, _labels, _weights))
        .Build("How much of the whole is found when only the best rows are taken.");

    private XElement MeansByPart()
    {
        int[] order = Enumerable.Range(0, _predictions.Length).OrderBy(row => _predictions[row]).ToArray();
        int parts = Math.Min(Parts, order.Length);
        CurvePoint[] points = Enumerable.Range(0, parts).Select(part =>
        {
            int[] rows = order[(order.Length * part / parts)..(order.Length * (part + 1) / parts)];
            double weight = rows.Sum(row => (double)content.Judged.Table.WeightOf(row));
            return new CurvePoint(
                rows.Sum(row => _predictions[row] * content.Judged.Table.WeightOf(row)) / weight,
                rows.Sum(row => (double)_labels[row] * content.Judged.Table.WeightOf(row)) / weight);
        }).ToArray();
        double least = Math.Min(0, points.Min(p => Math.Min(p.X, p.Y))), most = points.Max(p => Math.Max(p.X, p.Y));
        return new SvgPlot("Calibration", "mean said", "mean seen", (least, most), (least, most))
            .Line([new(least, least), new(most, most)], "guide").Line(points, "ours").Dots(points, "ours")
            .Build("Tenths of the rows by prediction; on the diagonal what is said is what is seen.");
    }

    /// <summary>Each label on its own scale: its bars add up to 1.</summary>
    private XElement Scores()
    {
        bool areProbabilities = content.Judged.AreProbabilities;
        double[] sorted = [.. _predictions.Order()];
        double least = areProbabilities ? 0 : sorted[0], most = areProbabilities ? 1 : sorted[(int)((sorted.Length - 1) * 0.99)];
        double width = (most > least ? most - least : 1) / ScoreBins;
        double[] Shares(Func<float, bool> takes)
        {
            double[] counts = new double[ScoreBins];
            double total = 0;
            for (int row = 0; row < _predictions.Length; row++)
            {
                if (!takes(_labels[row])) continue;
                counts[Math.Clamp((int)((_predictions[row] - least) / width), 0, ScoreBins - 1)] += content.Judged.Table.WeightOf(row);
                total += content.Judged.Table.WeightOf(row);
            }

            return [.. counts.Select(count => total > 0 ? count / total : 0)];
        }

        IEnumerable<(double, double, double)> Bars(double[] shares) =>
            shares.Select((share, bin) => (least + (bin * width), least + ((bin + 1) * width), share));
        double[] zero = Shares(label => !areProbabilities || label == 0), one = areProbabilities ? Shares(label => label == 1) : [];
        var plot = new SvgPlot(
                "Distribution of predictions", areProbabilities ? "probability" : "prediction", "share of rows", (least, most),
                (0, zero.Concat(one).Max() * 1.05))
            .Bars(Bars(zero), "zero", areProbabilities ? "label 0" : null);
        return (areProbabilities ? plot.Bars(Bars(one), "one", "label 1") : plot)
            .Build(areProbabilities ? "Each label by itself; the less the two overlap, the better." : null);
    }

    private XElement Learning()
    {
        var history = content.History.Where(h => double.IsFinite(h.TrainLoss)).ToArray();
        if (history.Length < 2) return new SvgPlot("Learning", "round", "loss", (0, 1), (0, 1)).Build("Too few rounds to draw.");
        double[] all = [.. history.Select(h => h.TrainLoss), .. history.Select(h => h.ValidationLoss).Where(double.IsFinite)];
        var plot = new SvgPlot("Learning", "round", "loss", (1, history.Length), (all.Min(), all.Max()))
            .Line(ScoreCurves.Thin([.. history.Select(h => new CurvePoint(h.Round, h.TrainLoss))], DrawnPoints), "zero", "learning rows");
        if (history.All(h => double.IsFinite(h.ValidationLoss)))
            plot.Line(ScoreCurves.Thin([.. history.Select(h => new CurvePoint(h.Round, h.ValidationLoss))], DrawnPoints), "ours", "validation rows");
        return plot.Upright(content.RoundsKept, "guide").Build($"Round {content.RoundsKept} was kept.");
    }

    private SvgPlot Compared(SvgPlot plot, Func<double[], IReadOnlyList<CurvePoint>> curve)
    {
        if (content.Champion is { } champion) plot.Line(ScoreCurves.Thin(curve(champion.Predictions), DrawnPoints), "champion", "champion");
        return plot.Line(ScoreCurves.Thin(curve(_predictions), DrawnPoints), "ours", content.Champion is null ? null : "this model");
    }

    private static CurvePoint[] Diagonal => [new(0, 0), new(1, 1)];
}
