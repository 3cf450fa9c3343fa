using System.Globalization;
using Grpc.Core;
using NBomber.Contracts;
using NBomber.Contracts.Stats;
using NBomber.CSharp;
using WinBack.Load.Arguments;
using WinBack.Load.Target;

namespace WinBack.Load.Runs;

/// <summary>Runs one part on NBomber: warm-up, load, figures of every flow, and what it cost each process.</summary>
internal sealed class PartRunner(string scenario, LoadPlan plan, LoadTarget target, LoadReport report, CancellationToken stop)
{
    private static readonly TimeSpan TerminalInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(5);

    /// <returns>The figures of what the part measures.</returns>
    internal LoadRow Run(LoadPart part, int round)
    {
        FlowCount[] counts = [.. part.Flows.Select(_ => new FlowCount())];
        ScenarioProps[] scenarios = [.. part.Flows.Select((flow, i) => Scenario
            .Create(flow.Name, context => IterateAsync(part, flow, counts[i], context))
            .WithWarmUpDuration(IsWarmedByCallers(part) ? TimeSpan.Zero : plan.WarmUp)
            .WithLoadSimulations(flow.Shape))];
        if (IsWarmedByCallers(part)) WarmUp(part.Measured);
        IReadOnlyDictionary<string, TimeSpan> before = target.Cpu.Read();
        NodeStats node = NBomberRunner.RegisterScenarios(scenarios)
            .WithTestSuite("winback load")
            .WithTestName($"{scenario} {part.Measured.Name}")
            .WithReportFolder(report.Folder)
            .WithReportFileName(string.Create(CultureInfo.InvariantCulture, $"{scenario}-{round}-{part.Measured.Name}"))
            .WithReportFormats(ReportFormat.Txt, ReportFormat.Csv, ReportFormat.Html)
            .WithReportingInterval(Console.IsOutputRedirected ? LogInterval : TerminalInterval)
            .Run();
        IReadOnlyDictionary<string, TimeSpan> after = target.Cpu.Read();
        LoadRow[] rows = [.. part.Flows.Select((flow, i) => Row(flow, node.ScenarioStats[i], round))];
        long operations = Math.Max(1, counts[0].Ended * part.Measured.Operations);
        rows[0] = rows[0] with
        {
            Peer = part.Peer,
            CpuMicroseconds = after.ToDictionary(cpu => cpu.Key, cpu => (cpu.Value - before[cpu.Key]).TotalMicroseconds / operations),
            MemoryMiB = target.Cpu.MemoryMiB(),
        };
        foreach (LoadRow row in rows) report.Add(row);
        return rows[0];
    }

    private bool IsWarmedByCallers(LoadPart part) => plan.Rate is not null && part.IsWarmedByCallers && plan.WarmUp > TimeSpan.Zero;

    private void WarmUp(Flow flow) => NBomberRunner
        .RegisterScenarios(Scenario
            .Create($"{flow.Name} warm-up", context => AnswerAsync(flow, context))
            .WithoutWarmUp()
            .WithLoadSimulations(Simulation.KeepConstant(plan.Copies, plan.WarmUp)))
        .WithReportingInterval(LogInterval)
        .WithoutReports()
        .Run();

    private async Task<IResponse> IterateAsync(LoadPart part, Flow flow, FlowCount count, IScenarioContext context)
    {
        bool isCounted = flow == part.Measured && context.ScenarioInfo.ScenarioOperation == ScenarioOperation.Bombing;
        if (isCounted && Interlocked.Add(ref count.Counted, flow.Operations) >= plan.Count)
            context.StopCurrentTest($"the count of {plan.Count} was reached");
        try
        {
            return await AnswerAsync(flow, context).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Increment(ref count.Ended);
        }
    }

    private async Task<IResponse> AnswerAsync(Flow flow, IScenarioContext context)
    {
        if (stop.IsCancellationRequested) context.StopCurrentTest("it was stopped");
        try
        {
            return await flow.Iterate(context).ConfigureAwait(false);
        }
        catch (RpcException e)
        {
            return Answers.Of(e);
        }
    }

    private static LoadRow Row(Flow flow, ScenarioStats stats, int round)
    {
        LatencyStats latency = stats.Ok.Latency;
        StatusCodeStats[] codes = [.. stats.Ok.StatusCodes, .. stats.Fail.StatusCodes];
        return new LoadRow(
            round, flow.Name, (long)stats.AllOkCount * flow.Operations, stats.AllFailCount, stats.Ok.Request.RPS * flow.Operations,
            latency.Percent50, latency.Percent99, latency.MaxMs)
        {
            Statuses = [.. codes.Select(code => (code.StatusCode, (long)code.Count))],
            Faults = [.. stats.Fail.StatusCodes.Select(code => $"{code.StatusCode}: {code.Message}")],
        };
    }

    private sealed class FlowCount
    {
        /// <summary>Operations started after the warm-up.</summary>
        internal long Counted;

        /// <summary>Iterations ended, those of the warm-up too.</summary>
        internal long Ended;
    }
}
