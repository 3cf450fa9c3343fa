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
                new XElement("th", Breakable(bar.Feature)),
                new XElement("td", Bar(bar.Value / largest)),
                new XElement("td", new XAttribute("class", "n"), format(bar.Value))))),
            new XElement("figcaption", note));
    }

    /// <summary>Long names may break after an underscore.</summary>
    private static IEnumerable<object> Breakable(string name)
    {
        string[] parts = name.Split('_');
        for (int i = 0; i < parts.Length; i++)
        {
            yield return i + 1 < parts.Length ? parts[i] + "_" : parts[i];
            if (i + 1 < parts.Length) yield return new XElement("wbr");
        }
    }

    private static XElement Bar(double share) => new(
        "span",
        new XAttribute("class", "b"),
        new XAttribute("style", "width:" + (100 * share).ToString("0.#", CultureInfo.InvariantCulture) + "%"),
        "");
}
