using System.Globalization;
using System.Xml.Linq;

namespace WinBack.Cli.Training.Report;

/// <summary>Lying bars with names before and values behind: plain HTML, so long names wrap on a phone.</summary>
internal static class BarList
{
    internal static XElement Build(string title, IReadOnlyList<FeatureBar> bars, Func<double, string> format, string note)
    {
        double largest = bars.Count == 0 ? 1 : bars[0].Value;
        return new XElement(
            "figure",
            new XElement("h3", title),
            new XElement("table", new XAttribute("class", "bars"), bars.Select(bar => new XElement(
                "tr",
                new XElement("th", ReportWords.Breakable(bar.Feature)),
                new XElement("td", Bar(bar.Value / largest)),
                new XElement("td", new XAttribute("class", "n"), format(bar.Value))))),
            new XElement("figcaption", note));
    }

    private static XElement Bar(double share) => new(
        "span",
        new XAttribute("class", "b"),
        new XAttribute("style", "width:" + (100 * share).ToString("0.#", CultureInfo.InvariantCulture) + "%"),
        "");
}
