using System.Globalization;
using System.Xml.Linq;
using WinBack.Trees.Metrics;

namespace WinBack.Cli.Training.Report;

/// <summary>A small chart with two axes as inline SVG. Colours come from the page's style by class.</summary>
internal sealed class SvgPlot
{
    internal const double Width = 360;
    internal const double Height = 230;
    private const double Left = 50;
    private const double Right = 10;
    private const double Top = 10;
    private const double Bottom = 36;

    private readonly string _title;
    private readonly PlotScale _x;
    private readonly PlotScale _y;
    private readonly XElement _svg;
    private readonly List<XElement> _legend = [];

    /// <param name="xNames">Names at the places 0, 1, ... instead of numbers; null for numbers.</param>
    internal SvgPlot(
        string title, string xLabel, string yLabel, (double Least, double Most) x, (double Least, double Most) y,
        IReadOnlyList<string>? xNames = null)
    {
        _title = title;
        _x = new PlotScale(x.Least, x.Most, Left, Width - Right);
        _y = new PlotScale(y.Least, y.Most, Height - Bottom, Top);
        _svg = new XElement(
            "svg", new XAttribute("viewBox", $"0 0 {Width} {Height}"), new XAttribute("role", "img"), new XAttribute("aria-label", title));
        foreach (double tick in _y.Ticks)
        {
            Add("line", "grid", ("x1", Left), ("x2", Width - Right), ("y1", _y.At(tick)), ("y2", _y.At(tick)));
            AddText(PlotScale.Label(tick), "tick", Left - 5, _y.At(tick) + 3.5, "end");
        }

        if (xNames is null)
            foreach (double tick in _x.Ticks) AddText(PlotScale.Label(tick), "tick", _x.At(tick), Height - Bottom + 14, "middle");
        else
            for (int i = 0; i < xNames.Count; i++) AddName(xNames[i], i, xNames.Count);
        Add("line", "axis", ("x1", Left), ("x2", Width - Right), ("y1", Height - Bottom), ("y2", Height - Bottom));
        AddText(xLabel, "label", (Left + Width - Right) / 2, Height - 4, "middle");
        var y1 = AddText(yLabel, "label", 0, 0, "middle");
        y1.SetAttributeValue("transform", FormattableString.Invariant($"translate(9 {(Top + Height - Bottom) / 2:0.#}) rotate(-90)"));
    }

    internal SvgPlot Line(IEnumerable<CurvePoint> points, string kind, string? name = null)
    {
        string path = string.Join(' ', points.Select(p => $"{Number(_x.At(p.X))},{Number(_y.At(p.Y))}"));
        _svg.Add(new XElement("polyline", new XAttribute("class", "line " + kind), new XAttribute("points", path)));
        return Named(kind, name);
    }

    internal SvgPlot Dots(IEnumerable<CurvePoint> points, string kind, string? name = null)
    {
        foreach (CurvePoint p in points) Add("circle", "dot " + kind, ("cx", _x.At(p.X)), ("cy", _y.At(p.Y)), ("r", 3.5));
        return Named(kind, name);
    }

    /// <summary>Upright bars from 0, each from one x to another.</summary>
    internal SvgPlot Bars(IEnumerable<(double From, double To, double Value)> bars, string kind, string? name = null)
    {
        foreach ((double from, double to, double value) in bars)
        {
            double left = _x.At(from), top = _y.At(value);
            Add("rect", "bar " + kind, ("x", left + 0.5), ("y", top), ("width", Math.Max(0.5, _x.At(to) - left - 1)), ("height", _y.At(0) - top));
        }

        return Named(kind, name);
    }

    internal SvgPlot Upright(double x, string kind)
    {
        Add("line", "line " + kind, ("x1", _x.At(x)), ("x2", _x.At(x)), ("y1", Top), ("y2", Height - Bottom));
        return this;
    }

    internal XElement Build(string? note = null)
    {
        var figure = new XElement("figure", new XElement("h3", _title), _svg);
        if (_legend.Count > 0) figure.Add(new XElement("p", new XAttribute("class", "legend"), _legend));
        if (note is not null) figure.Add(new XElement("figcaption", note));
        return figure;
    }

    private SvgPlot Named(string kind, string? name)
    {
        if (name is not null)
            _legend.Add(new XElement("span", new XElement("i", new XAttribute("class", kind), ""), name));
        return this;
    }

    /// <summary>Slanted and cut short where they would touch.</summary>
    private void AddName(string name, int place, int count)
    {
        const double letter = 5.8;
        const int slanted = 10;
        double x = _x.At(place), y = Height - Bottom + 13;
        if (name.Length * letter <= (Width - Left - Right) / count)
        {
            AddText(name, "tick", x, y, "middle");
            return;
        }

        XElement element = AddText(name.Length > slanted ? name[..(slanted - 1)] + "…" : name, "tick", 0, 0, "end");
        element.SetAttributeValue("transform", $"translate({Number(x + 4)} {Number(y - 2)}) rotate(-28)");
    }

    private XElement AddText(string text, string kind, double x, double y, string anchor)
    {
        var element = new XElement(
            "text", new XAttribute("class", kind), new XAttribute("x", Number(x)), new XAttribute("y", Number(y)),
            new XAttribute("text-anchor", anchor), text);
        _svg.Add(element);
        return element;
    }

    private void Add(string name, string kind, params ReadOnlySpan<(string Name, double Value)> attributes)
    {
        var element = new XElement(name, new XAttribute("class", kind));
        foreach ((string attribute, double value) in attributes) element.Add(new XAttribute(attribute, Number(value)));
        _svg.Add(element);
    }

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
