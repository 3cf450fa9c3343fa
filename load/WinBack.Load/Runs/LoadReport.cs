using System.Globalization;
using System.Text;
using WinBack.Load.Arguments;

namespace WinBack.Load.Runs;

/// <summary>The figures of all flows: printed as they come, and kept as text and CSV beside NBomber's reports of each part.</summary>
internal sealed class LoadReport(string scenario, LoadPlan plan, TextWriter output)
{
    private const string Columns =
        "scenario,round,flow,operations,failed,rate_per_s,p50_ms,p99_ms,max_ms,peer,ratio,cpu_us_generator,cpu_us_service,cpu_us_redis,"
        + "cpu_us_broker,memory_mib_service,memory_mib_redis,statuses";

    private readonly List<LoadRow> _rows = [];
    private readonly StringBuilder _text = new();

    internal TextWriter Output => output;

    internal string Folder { get; } = plan.ReportFolder.Length > 0
        ? plan.ReportFolder
        : Path.Combine("out", "load", string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-ddTHH-mm-ss}-{scenario}"));

    /// <summary>What failed, by flow and status; "" when nothing did.</summary>
    internal string Failures => string.Join("; ", _rows.Where(row => row.Failed > 0).Select(row =>
        Line($"{row.Flow}: {row.Failed} of {row.Statuses.Sum(s => s.Count)} failed ({string.Join(", ", row.Faults)})")));

    /// <summary>A line of words.</summary>
    internal void Say(string line)
    {
        output.WriteLine(line);
        _text.AppendLine(line);
    }

    internal void Add(LoadRow row)
    {
        LoadRow? peer = row.Peer.Length > 0 ? _rows.LastOrDefault(other => other.Flow == row.Peer && other.Round == row.Round) : null;
        if (peer is { Rate: > 0 } && plan.Rate is null) row = row with { Ratio = row.Rate / peer.Rate };
        _rows.Add(row);
        Say(Words(row));
    }

    internal void Save()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "summary.txt"), _text.ToString());
        File.WriteAllLines(Path.Combine(Folder, "summary.csv"), _rows.Select(Csv).Prepend(Columns));
        output.WriteLine($"reports: {Folder}");
    }

    private static string Words(LoadRow row)
    {
        var line = new StringBuilder(Line(
            $"{row.Flow,-22} {row.Rate,10:N0}/s  p50 {row.P50Ms,7:F2}  p99 {row.P99Ms,7:F2}  max {row.MaxMs,8:F2} ms  failed {row.Failed}"));
        if (row.Ratio is { } ratio) line.Append(Line($"  {ratio:F2} of {row.Peer}"));
        if (row.CpuMicroseconds.Count > 0)
            line.Append("  CPU us: ").AppendJoin(", ", row.CpuMicroseconds.Select(cpu => Line($"{cpu.Key} {cpu.Value:F1}")));
        if (row.Statuses.Count > 0)
            line.Append("  [").AppendJoin(' ', row.Statuses.Select(status => Line($"{status.Status}:{status.Count}"))).Append(']');
        return row.Note.Length > 0 ? line.Append("  ").Append(row.Note).ToString() : line.ToString();
    }

    private string Csv(LoadRow row) => string.Join(
        ',',
        scenario, Line($"{row.Round}"), row.Flow, Line($"{row.Operations},{row.Failed},{row.Rate:F1},{row.P50Ms:F3},{row.P99Ms:F3},{row.MaxMs:F3}"),
        row.Peer, Line($"{row.Ratio:F3}"),
        Cell(row.CpuMicroseconds, "generator"), Cell(row.CpuMicroseconds, "service"), Cell(row.CpuMicroseconds, "Redis"),
        Cell(row.CpuMicroseconds, "broker"), Cell(row.MemoryMiB, "service"), Cell(row.MemoryMiB, "Redis"),
        string.Join(' ', row.Statuses.Select(status => Line($"{status.Status}:{status.Count}"))));

    private static string Cell(IReadOnlyDictionary<string, double> values, string name) =>
        values.TryGetValue(name, out double value) ? Line($"{value:F2}") : "";

    private static string Line(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);
}
