using System.Globalization;
using System.Text;

namespace Prometheus;

/// <summary>Writes metric families in one of the two formats.</summary>
internal sealed class ExpositionWriter(ExpositionFormat format)
{
    private readonly StringBuilder text = new();

    public void Write(MetricFamily family, long scrape)
    {
        var series = family.Snapshot();
        if (series.All(one => one.IsStale(scrape)))
        {
            return;
        }

        WriteHead(family);
        foreach (var one in series)
        {
            if (one.IsStale(scrape))
            {
                continue;
            }

            if (family.Kind == MetricKind.Histogram)
            {
                WriteHistogram(family, one);
            }
            else
            {
                WriteSample(family.Name, family.Kind == MetricKind.Counter ? "_total" : "", one.Labels, one.Value);
            }
        }
    }

    public byte[] Finish()
    {
        if (format.IsOpenMetrics)
        {
            text.Append("# EOF\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>The older format names a counter with its suffix here; OpenMetrics names it without, and knows units.</summary>
    private void WriteHead(MetricFamily family)
    {
        var name = family.Kind == MetricKind.Counter && !format.IsOpenMetrics ? family.Name + "_total" : family.Name;
        text.Append("# HELP ").Append(name).Append(' ');
        PrometheusNames.AppendEscaped(text, family.Help, quotes: format.IsOpenMetrics);
        text.Append("\n# TYPE ").Append(name).Append(' ').Append(TypeName(family.Kind)).Append('\n');
        if (format.IsOpenMetrics && family.Unit.Length > 0)
        {
            text.Append("# UNIT ").Append(name).Append(' ').Append(family.Unit).Append('\n');
        }
    }

    /// <summary>The count is the sum of the buckets read, so that it never disagrees with the bucket of +Inf.</summary>
    private void WriteHistogram(MetricFamily family, Series series)
    {
        var sum = series.Value;
        long count = 0;
        for (var i = 0; i <= family.Boundaries!.Length; i++)
        {
            count += series.BucketCount(i);
            var bound = i < family.Boundaries.Length ? Bound(family.Boundaries[i]) : "+Inf";
            var separator = series.Labels.Length == 0 ? "" : ",";
            WriteSample(family.Name, "_bucket", $"{series.Labels}{separator}le=\"{bound}\"", count);
        }

        WriteSample(family.Name, "_sum", series.Labels, sum);
        WriteSample(family.Name, "_count", series.Labels, count);
    }

    private void WriteSample(string name, string suffix, string labels, double value)
    {
        text.Append(name).Append(suffix);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(Number(value)).Append('\n');
    }

    /// <summary>OpenMetrics wants bounds as floating point numbers even where they are whole.</summary>
    private string Bound(double bound)
    {
        var number = Number(bound);
        return format.IsOpenMetrics && bound == Math.Floor(bound) && !number.Contains('E', StringComparison.Ordinal)
            ? number + ".0"
            : number;
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string TypeName(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Histogram => "histogram",
        _ => "gauge",
    };
}
