using System.Globalization;
using System.Xml.Linq;
using WinBack.Trees.Metrics;
using WinBack.Trees.ModelFiles;

namespace WinBack.Cli.Training.Report;

/// <summary>Draws a report as one HTML page without scripts or anything from outside, also well-formed XML.</summary>
internal sealed class ReportPage(ReportContent content)
{
    private static readonly Dictionary<string, string> Names = new()
    {
        ["base_rate"] = "base rate", ["auc"] = "AUC", ["log_loss"] = "log-loss", ["brier"] = "Brier", ["ece"] = "calibration error",
        ["mean_label"] = "mean seen", ["mean_prediction"] = "mean said", ["rmse"] = "RMSE", ["mae"] = "mean abs. error",
        ["explained_share"] = "explained", ["gini"] = "Gini",
    };

    private readonly ModelCard _card = content.Card;

    internal string Write() => Document(
        $"{_card.Name}: model report", Head(), Tiles(), Champion(), Quality(), Features(), Segments(), new ReportDetails(_card).Build());

    /// <summary>A page with the style of all reports.</summary>
    internal static string Document(string title, params object?[] content)
    {
        var page = new XElement(
            "html",
            new XAttribute("lang", "en"),
            new XElement(
                "head",
                new XElement("meta", new XAttribute("charset", "utf-8")),
                new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
                new XElement("title", title),
                new XElement("style", ReportStyle.Css)),
            new XElement("body", new XElement("main", content)));
        return "<!DOCTYPE html>\n" + page + "\n";
    }

    private XElement Head() => new(
        "header",
        new XElement("h1", _card.Name, " ", new XElement("small", _card.Version)),
        new XElement("p", _card.LabelDefinition),
        new XElement("p", new XAttribute("class", "soft"), Judged()));

    private string Judged()
    {
        string rows = FormattableString.Invariant($"Judged on {content.Judged.Predictions.Length:N0} {content.Judged.Part} rows");
        string caution = content.Judged.Part == "test"
            ? "that chose nothing."
            : "that also chose the number of rounds and the calibration, so the figures are slightly too good"
                + (content.IsRefit ? "; the model that is saved was then trained again on all rows." : ".");
        return FormattableString.Invariant($"{rows} {caution} Intervals: 95 %, {Bootstrap.DefaultResamples} bootstrap resamples")
            + (content.Judged.Customers.Length > 0 ? " of customers. " : " of rows. ")
            + FormattableString.Invariant($"Made {_card.CreatedTime:yyyy-MM-dd HH:mm} UTC.");
    }

    private XElement Tiles() => new(
        "section",
        new XAttribute("class", "tiles"),
        _card.SegmentMetrics.Where(m => m.Segment.Length == 0).Select(m => new XElement(
            "div",
            new XElement("span", Names.GetValueOrDefault(m.Metric, m.Metric)),
            new XElement("b", new XAttribute("data-figure", m.Metric), Figure(m.Value)),
            new XElement("span", $"{Figure(m.Low)} to {Figure(m.High)}"))));

    private XElement? Champion() => content.Champion is not { } champion ? null : Section(
        "Against the champion",
        new XElement("p", $"{champion.Name}, on the same rows. The difference is this model minus the champion, on the same resamples."),
        Table(
            ["figure", "this model", "champion", "difference"],
            champion.Differences.Where(d => d.Name is not ("rows" or "base_rate" or "mean_label")).Select(d => (object[])
            [
                Names.GetValueOrDefault(d.Name, d.Name),
                Cell(Value(champion.Figures, d.Name) + d.Value),
                Cell(Value(champion.Figures, d.Name), "champion_" + d.Name),
                new XElement(
                    "td",
                    new XElement("span", new XAttribute("data-figure", "difference_" + d.Name), Signed(d.Value)),
                    new XElement("small", $"{Signed(d.Low)} to {Signed(d.High)}")),
            ])));

    private XElement Quality() => Section("How good it is", new XElement("div", new XAttribute("class", "charts"), new ReportCharts(content).All()));

    private XElement Features() => Section(
        "What it looks at",
        new XElement(
            "div",
            new XAttribute("class", "charts"),
            BarList.Build("Gain", content.GainShares, Percent, "Share of the loss reduction of all splits that ask for the feature."),
            content.ShapMeans.Count == 0 ? null : BarList.Build(
                "SHAP", content.ShapMeans, value => Figure(value), "Mean absolute contribution to the raw score of a row."),
            content.Dependences.Select(Dependence)));

    private XElement Dependence(PartialDependence dependence)
    {
        double[] y = [.. dependence.Points.Select(p => p.Y), .. dependence.WhenMissing is { } m ? (double[])[m] : []];
        double margin = Math.Max((y.Max() - y.Min()) * 0.1, 1e-6);
        bool isCategory = dependence.Categories.Count > 0;
        (double Least, double Most) x = isCategory
            ? (-0.5, dependence.Categories.Count - 0.5)
            : (dependence.Points[0].X, dependence.Points[^1].X);
        var plot = new SvgPlot(
            dependence.Feature, isCategory || dependence.Unit.Length > 0 ? dependence.Unit : "value",
            content.Judged.AreProbabilities ? "mean probability" : "mean prediction",
            x, (y.Min() - margin, y.Max() + margin), isCategory ? dependence.Categories : null);
        if (isCategory) plot.Dots(dependence.Points, "ours");
        else plot.Line(dependence.Points, "ours");
        if (dependence.WhenMissing is { } missing) plot.Line([new(x.Least, missing), new(x.Most, missing)], "guide");
        return plot.Build(dependence.WhenMissing is { } said
            ? $"Partial dependence; dashed: when missing, {Figure(said)}."
            : "Partial dependence: the mean when all rows had this value.");
    }

    private XElement Segments()
    {
        string[] metrics = content.Judged.AreProbabilities
            ? ["base_rate", "auc", "log_loss", "ece"]
            : ["mean_label", "mean_prediction", "rmse", "gini"];
        return Section(
            "By segment",
            Table(
                ["segment", "rows", .. metrics.Select(m => Names[m])],
                _card.SegmentMetrics.GroupBy(m => m.Segment).Select(segment => (object[])
                [
                    segment.Key.Length == 0 ? "all" : segment.Key,
                    segment.First().Rows.ToString("N0", CultureInfo.InvariantCulture),
                    .. metrics.Select(name => IntervalCell(segment.First(m => m.Metric == name))),
                ])));
    }

    private XElement IntervalCell(SegmentMetric metric) => new(
        "td",
        new XElement(
            "span",
            metric.Segment.Length == 0 ? null : new XAttribute("data-figure", $"{metric.Segment}|{metric.Metric}"),
            Figure(metric.Value)),
        " ",
        new XElement("small", $"{Figure(metric.Low)} to {Figure(metric.High)}"));

    internal static XElement Section(string title, params object?[] parts) => new("section", new XElement("h2", title), parts);

    internal static XElement Table(IEnumerable<string> heads, IEnumerable<object[]> rows) => new(
        "div",
        new XAttribute("class", "scroll"),
        new XElement(
            "table",
            new XElement("thead", new XElement("tr", heads.Select(head => new XElement("th", head)))),
            new XElement("tbody", rows.Select(row => new XElement(
                "tr", row.Select(cell => cell is XElement { Name.LocalName: "td" } whole ? whole : new XElement("td", cell)))))));

    /// <summary>Four digits behind the point, or four in all for large numbers.</summary>
    internal static string Figure(double value) =>
        value.ToString(Math.Abs(value) >= 100 ? "N1" : "F4", CultureInfo.InvariantCulture);

    private static XElement Cell(double value, string? figure = null) =>
        new("td", figure is null ? null : new XAttribute("data-figure", figure), Figure(value));

    private static double Value(ModelMetrics metrics, string name) => metrics.Figures.Single(pair => pair.Key == name).Value;

    private static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private static string Signed(double value) => value.ToString("+0.0000;-0.0000", CultureInfo.InvariantCulture);
}
