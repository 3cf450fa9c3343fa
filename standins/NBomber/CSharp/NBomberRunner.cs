using NBomber.Contracts;
using NBomber.Contracts.Stats;
using NBomber.Engine;

namespace NBomber.CSharp;

/// <summary>Configures and starts a run.</summary>
public static class NBomberRunner
{
    /// <summary>They run side by side.</summary>
    public static NBomberContext RegisterScenarios(params ScenarioProps[] scenarios)
    {
        var twice = scenarios.GroupBy(scenario => scenario.ScenarioName).FirstOrDefault(same => same.Count() > 1);
        return twice is null
            ? new NBomberContext(scenarios)
            : throw new ArgumentException($"Scenario names must differ; '{twice.Key}' is there twice.", nameof(scenarios));
    }

    public static NBomberContext WithTestSuite(this NBomberContext context, string testSuite) =>
        context with { TestSuite = testSuite };

    public static NBomberContext WithTestName(this NBomberContext context, string testName) => context with { TestName = testName };

    /// <summary>Where reports go; <c>./reports</c> unless set.</summary>
    public static NBomberContext WithReportFolder(this NBomberContext context, string reportFolderPath) =>
        context with { ReportFolder = reportFolderPath };

    /// <summary>Name of the report files without extension; <c>nbomber_report</c> and the session unless set.</summary>
    public static NBomberContext WithReportFileName(this NBomberContext context, string reportFileName) =>
        context with { ReportFileName = reportFileName };

    public static NBomberContext WithReportFormats(this NBomberContext context, params ReportFormat[] reportFormats) =>
        context with { ReportFormats = reportFormats };

    public static NBomberContext WithoutReports(this NBomberContext context) => context with { ReportFormats = [] };

    /// <summary>How often progress is shown; 5 seconds unless set.</summary>
    public static NBomberContext WithReportingInterval(this NBomberContext context, TimeSpan interval) =>
        context with { ReportingInterval = interval };

    /// <summary>How long iterations may still run after the load has ended; a minute unless set. Then they count as failed.</summary>
    public static NBomberContext WithScenarioCompletionTimeout(this NBomberContext context, TimeSpan timeout) =>
        context with { CompletionTimeout = timeout };

    /// <summary>Runs all scenarios to their end, writes the reports, and returns the figures.</summary>
    public static NodeStats Run(this NBomberContext context) => new TestRun(context).Run();
}
