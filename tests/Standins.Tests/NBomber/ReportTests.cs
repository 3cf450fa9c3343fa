using System.Globalization;
using System.Xml.Linq;
using NBomber.Contracts;
using NBomber.Contracts.Stats;
using NBomber.CSharp;

namespace Standins.Tests.NBomber;

/// <summary>A small run on the real clock and thread pool, and the files it leaves. Counts only; no timing is asserted.</summary>
public sealed class ReportTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly string folder = Path.Combine(Path.GetTempPath(), $"nbomber-{Path.GetRandomFileName()}");
    private readonly StringWriter output = new();

    public void Dispose()
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Run_TwoScenariosAllFormats_CountsAndFilesAgree()
    {
        var open = Scenario.Create("open, \"quoted\" <b>", async _ =>
        {
            await Task.Yield();
            return Response.Ok(statusCode: "200", sizeBytes: 3);
        }).WithoutWarmUp().WithLoadSimulations(
            Simulation.RampingInject(200, Second, Second / 2), Simulation.Inject(200, Second, Second / 2));
        // How often a copy comes round depends on the machine, so the scenario counts for itself.
        int oks = 0, fails = 0;
        var closed = Scenario.Create("closed", async context =>
        {
            await Task.Delay(5, context.ScenarioCancellationToken);
            if (context.InvocationNumber % 2 == 0)
            {
                Interlocked.Increment(ref oks);
                return Response.Ok();
            }

            Interlocked.Increment(ref fails);
            return Response.Fail(statusCode: "500");
        }).WithoutWarmUp().WithLoadSimulations(Simulation.KeepConstant(3, Second / 2));
        var node = NBomberRunner.RegisterScenarios(open, closed)
            .WithTestSuite("suite").WithTestName("name")
            .WithReportFolder(folder).WithReportFileName("report")
            .WithReportFormats(ReportFormat.Txt, ReportFormat.Csv, ReportFormat.Html, ReportFormat.Md)
            .WithReportingInterval(TimeSpan.FromMilliseconds(200)).Quiet(output).Run();

        Assert.Equal(50 + 100, node.ScenarioStats[0].AllOkCount);
        Assert.Equal((oks, fails), (node.ScenarioStats[1].AllOkCount, node.ScenarioStats[1].AllFailCount));
        Assert.Equal(["report.csv", "report.html", "report.md", "report.txt"], Directory.GetFiles(folder).Select(Path.GetFileName).Order());
        Assert.Equal(4, node.ReportFiles.Length);
        Assert.Contains("in flight", output.ToString(), StringComparison.Ordinal);

        var csv = File.ReadAllLines(Path.Combine(folder, "report.csv"));
        Assert.Equal(1 + (2 * 2), csv.Length);
        Assert.StartsWith("\"open, \"\"quoted\"\" <b>\",,ok,150,", csv[1], StringComparison.Ordinal);
        Assert.Contains($",ok,{oks.ToString(CultureInfo.InvariantCulture)},", csv[3], StringComparison.Ordinal);
    }

    [Fact]
    public void HtmlReport_HostileNames_IsOneWellFormedPage()
    {
        var scenario = Scenario.Create("<script>alert(1)</script>", _ => Task.FromResult<IResponse>(Response.Fail("<i>", "&\"<")))
            .WithoutWarmUp().WithLoadSimulations(Simulation.Inject(20, Second, Second / 10));
        NBomberRunner.RegisterScenarios(scenario).WithReportFolder(folder).WithReportFileName("r")
            .WithReportFormats(ReportFormat.Html).Quiet(output).Run();
        var page = File.ReadAllText(Path.Combine(folder, "r.html"));

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        // All elements but the two empty ones of the head are closed, so an XML parser reads the page.
        var body = XElement.Parse(page[page.IndexOf("<body>", StringComparison.Ordinal)..].Replace("</html>", "", StringComparison.Ordinal));
        Assert.Contains("status <i>: fail 2, 100 % (&\"<)", body.Value, StringComparison.Ordinal);
    }
}
