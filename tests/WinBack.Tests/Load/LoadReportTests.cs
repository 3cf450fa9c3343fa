using WinBack.Load.Arguments;
using WinBack.Load.Runs;

namespace WinBack.Tests.Load;

public sealed class LoadReportTests
{
    [Fact]
    public void Add_RowWithPeerOfTheSameRound_HasTheRatio()
    {
        using var folder = new TempFolder();
        string csv = Csv(folder, rate: null, Row(1, "empty", 100), Row(2, "empty", 400), Row(2, "decide", 100) with { Peer = "empty" });
        Assert.EndsWith(",empty,0.250,,,,,,,OK:3", csv.Split('\n')[3], StringComparison.Ordinal);
    }

    /// <summary>In an open loop all rates are the one that was asked for.</summary>
    [Fact]
    public void Add_OpenLoop_HasNoRatio()
    {
        using var folder = new TempFolder();
        string csv = Csv(folder, rate: 100, Row(1, "empty", 100), Row(1, "decide", 100) with { Peer = "empty" });
        Assert.EndsWith(",empty,,,,,,,,OK:3", csv.Split('\n')[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Failures_NameFlowStatusAndMessage()
    {
        var report = new LoadReport("decide", new LoadPlan { ReportFolder = "unused" }, TextWriter.Null);
        report.Add(Row(1, "empty", 100));
        report.Add(Row(1, "decide", 100) with { Failed = 2, Statuses = [("ACTION", 3), ("Unavailable", 2)], Faults = ["Unavailable: no Redis"] });
        Assert.Equal("decide: 2 of 5 failed (Unavailable: no Redis)", report.Failures);
    }

    private static string Csv(TempFolder folder, int? rate, params LoadRow[] rows)
    {
        var report = new LoadReport("decide", new LoadPlan { ReportFolder = folder.Root, Rate = rate }, TextWriter.Null);
        foreach (LoadRow row in rows) report.Add(row);
        report.Save();
        return File.ReadAllText(folder.Path("summary.csv"));
    }

    private static LoadRow Row(int round, string flow, double rate) => new(round, flow, 3, 0, rate, 1, 2, 3) { Statuses = [("OK", 3)] };
}
