using System.Globalization;
using System.Text;

namespace Prometheus;

/// <summary>
/// Names, units and labels as OpenTelemetry's specification "Prometheus and OpenMetrics Compatibility" maps them:
/// http.server.request.duration in s becomes http_server_request_duration_seconds.
/// </summary>
internal static class PrometheusNames
{
    private static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal)
    {
        ["d"] = "days",
        ["h"] = "hours",
        ["min"] = "minutes",
        ["s"] = "seconds",
        ["ms"] = "milliseconds",
        ["us"] = "microseconds",
        ["ns"] = "nanoseconds",
        ["By"] = "bytes",
        ["KiBy"] = "kibibytes",
        ["MiBy"] = "mebibytes",
        ["GiBy"] = "gibibytes",
        ["kBy"] = "kilobytes",
        ["MBy"] = "megabytes",
        ["GBy"] = "gigabytes",
        ["m"] = "meters",
        ["V"] = "volts",
        ["A"] = "amperes",
        ["J"] = "joules",
        ["W"] = "watts",
        ["g"] = "grams",
        ["Cel"] = "celsius",
        ["Hz"] = "hertz",
        ["%"] = "percent",
    };

    private static readonly Dictionary<string, string> PerUnits = new(StringComparer.Ordinal)
    {
        ["s"] = "second",
        ["min"] = "minute",
        ["h"] = "hour",
        ["d"] = "day",
    };

    /// <summary>The word for a UCUM unit; empty for none, for an annotation like <c>{request}</c>, and for a count.</summary>
    public static string Unit(string? unit, MetricKind kind)
    {
        if (string.IsNullOrWhiteSpace(unit) || unit[0] == '{')
        {
            return "";
        }

        if (unit == "1")
        {
            return kind == MetricKind.Gauge ? "ratio" : "";
        }

        var slash = unit.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return Units.TryGetValue(unit, out var word) ? word : Identifier(unit, colons: false).Trim('_');
        }

        var over = Unit(unit[..slash], kind);
        var below = unit[(slash + 1)..];
        var per = PerUnits.TryGetValue(below, out var single) ? single : Identifier(below, colons: false).Trim('_');
        return over.Length == 0 ? $"per_{per}" : $"{over}_per_{per}";
    }

    public static string Metric(string instrumentName, string unit, MetricKind kind)
    {
        var name = Identifier(instrumentName, colons: true);
        if (kind == MetricKind.Counter && name.EndsWith("_total", StringComparison.Ordinal))
        {
            name = name[..^"_total".Length];
        }

        return unit.Length == 0 || name.EndsWith("_" + unit, StringComparison.Ordinal) ? name : $"{name}_{unit}";
    }

    /// <summary>
    /// Rendered, escaped and in name order: <c>a="x",b="y"</c>. Tags whose names become the same share one label, their
    /// values joined by a semicolon.
    /// </summary>
    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return "";
        }

        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in tags.ToArray().OrderBy(tag => tag.Key, StringComparer.Ordinal))
        {
            var name = Label(tag.Key);
            var value = Text(tag.Value);
            labels[name] = labels.TryGetValue(name, out var before) ? $"{before};{value}" : value;
        }

        var line = new StringBuilder();
        foreach (var (name, value) in labels)
        {
            line.Append(line.Length == 0 ? "" : ",").Append(name).Append("=\"");
            AppendEscaped(line, value, quotes: true);
            line.Append('"');
        }

        return line.ToString();
    }

    /// <summary>Backslash and line feed are escaped everywhere, the quotation mark where it would end the text.</summary>
    public static void AppendEscaped(StringBuilder line, string text, bool quotes)
    {
        foreach (var c in text)
        {
            _ = c switch
            {
                '\\' => line.Append(@"\\"),
                '\n' => line.Append(@"\n"),
                '"' when quotes => line.Append("\\\""),
                _ => line.Append(c),
            };
        }
    }

    /// <summary>Names that Prometheus gives a meaning of its own get a prefix.</summary>
    private static string Label(string tagName)
    {
        var name = Identifier(tagName, colons: false);
        return name is "le" or "quantile" ? $"tag_{name}" : name;
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>Letters, digits and single underscores, not starting with a digit; anything else becomes an underscore.</summary>
    private static string Identifier(string text, bool colons)
    {
        var name = new StringBuilder(text.Length + 1);
        foreach (var c in text)
        {
            var kept = char.IsAsciiLetterOrDigit(c) || (colons && c == ':') ? c : '_';
            if (name.Length == 0 && char.IsAsciiDigit(kept))
            {
                name.Append('_');
            }

            if (kept != '_' || name.Length == 0 || name[^1] != '_')
            {
                name.Append(kept);
            }
        }

        return name.Length == 0 ? "_" : name.ToString();
    }
}
