using NBomber.Contracts;
using NBomber.Contracts.Stats;
using NBomber.CSharp;

namespace Standins.Tests.NBomber;

/// <summary>Whole runs on a clock that the tests move.</summary>
public sealed class TestRunTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly InlineScheduler scheduler = new();
    private readonly StringWriter output = new();

    [Fact]
    public void Inject_SystemSlowerThanTheRate_LatencyCountsFromTheIntendedStart()
    {
        // Every 10 ms one that takes 15 ms: number i ends at 15 (i + 1) and should have started at 10 i.
        var scenario = Working("queue", 15).WithoutWarmUp().WithLoadSimulations(Simulation.Inject(100, Second, Second * 0.1));
        var stats = Run(scenario).ScenarioStats.Single();

        Assert.Equal(10, stats.Ok.Request.Count);
        Assert.Equal(15, stats.Ok.Latency.MinMs);
        Assert.Equal(15 + (9 * 5), stats.Ok.Latency.MaxMs);
        Assert.Equal(15 + (4 * 5), stats.Ok.Latency.Percent50, 0.04);
        Assert.Equal(15 + (4.5 * 5), stats.Ok.Latency.MeanMs, 6);
        Assert.Contains("at most 45.000 ms late", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void KeepConstant_OneCopy_IteratesUntilTheEndAndCountsFromItsOwnStart()
    {
        var seen = new List<int>();
        var scenario = Scenario.Create("closed", context =>
        {
            seen.Add(context.InvocationNumber);
            context.Data["last"] = context.InvocationNumber;
            scheduler.Work(TimeSpan.FromMilliseconds(300));
            return Task.FromResult<IResponse>(Response.Ok());
        }).WithoutWarmUp().WithLoadSimulations(Simulation.KeepConstant(1, Second));
        var stats = Run(scenario).ScenarioStats.Single();

        Assert.Equal([1, 2, 3, 4], seen);
        Assert.Equal(4, stats.Ok.Request.Count);
        Assert.Equal(4, stats.Ok.Request.RPS);
        Assert.Equal(300, stats.Ok.Latency.MaxMs);
        Assert.Equal(300, stats.Ok.Latency.MinMs);
    }

    [Fact]
    public void Responses_OkFailAndThrown_AreCountedByStatus()
    {
        var next = 0;
        var scenario = Scenario.Create("mixed", context => (next++ % 4) switch
        {
            0 => Task.FromResult<IResponse>(Response.Ok(statusCode: "OK", sizeBytes: 10)),
            1 => Task.FromResult<IResponse>(Response.Fail(statusCode: "UNAVAILABLE", message: "Redis is away")),
            2 => throw new InvalidOperationException("thrown"),
            _ => Task.FromResult<IResponse>(Response.Ok(statusCode: "OK", sizeBytes: 10, customLatencyMs: 7)),
        }).WithoutWarmUp().WithLoadSimulations(Simulation.Inject(40, Second, Second));
        var node = Run(scenario);
        var stats = node.ScenarioStats.Single();

        Assert.Equal((40, 20, 20), (node.AllRequestCount, node.AllOkCount, node.AllFailCount));
        Assert.Equal((50, 50), (stats.Ok.Request.Percent, stats.Fail.Request.Percent));
        Assert.Equal(200, node.AllBytes);
        Assert.Equal(new StatusCodeStats("OK", false, "", 20, 50), stats.Ok.StatusCodes.Single());
        Assert.Equal(
            [new StatusCodeStats("-101", true, "thrown", 10, 25), new StatusCodeStats("UNAVAILABLE", true, "Redis is away", 10, 25)],
            stats.Fail.StatusCodes);
        Assert.Equal(7, stats.Ok.Latency.MaxMs);
    }

    [Fact]
    public void WarmUp_RunsTheLoadFirst_CountsNothing()
    {
        var phases = new List<ScenarioOperation>();
        var scenario = Scenario.Create("warm", context =>
        {
            phases.Add(context.ScenarioInfo.ScenarioOperation);
            return Task.FromResult<IResponse>(Response.Ok());
        }).WithWarmUpDuration(Second * 2).WithLoadSimulations(Simulation.Inject(10, Second, Second * 3));
        var node = Run(scenario);

        Assert.Equal(30, node.AllOkCount);
        Assert.Equal([.. Enumerable.Repeat(ScenarioOperation.WarmUp, 20), .. Enumerable.Repeat(ScenarioOperation.Bombing, 30)], phases);
    }

    [Fact]
    public void InitAndClean_AreCalledAroundTheLoad_InitThatThrowsEndsTheRun()
    {
        var calls = new List<string>();
        var scenario = Scenario.Create("ordered", _ =>
        {
            calls.Add("run");
            return Task.FromResult<IResponse>(Response.Ok());
        })
            .WithInit(context => Call("init", context))
            .WithClean(context => Call("clean", context))
            .WithoutWarmUp()
            .WithLoadSimulations(Simulation.Inject(1, Second, Second));
        Run(scenario);
        Assert.Equal(["init Init", "run", "clean Clean"], calls);

        var thrown = Assert.Throws<InvalidOperationException>(
            () => Run(scenario.WithInit(_ => throw new IOException("no such file"))));
        Assert.Contains("'ordered' failed: no such file", thrown.Message, StringComparison.Ordinal);

        Task Call(string what, IScenarioInitContext context)
        {
            calls.Add($"{what} {context.ScenarioInfo.ScenarioOperation}");
            return Task.CompletedTask;
        }
    }

    [Fact]
    public void Steps_HaveFiguresOfTheirOwn()
    {
        var scenario = Scenario.Create("stepped", async context =>
        {
            var decided = await Step.Run("decide", context, () =>
            {
                scheduler.Work(TimeSpan.FromMilliseconds(2));
                return Task.FromResult(Response.Ok("d-1", statusCode: "OK"));
            });
            var confirmed = await Step.Run<object>("confirm", context, () => throw new InvalidOperationException("gone"));
            Assert.Equal("d-1", decided.Payload!.Value);
            return confirmed;
        }).WithoutWarmUp().WithLoadSimulations(Simulation.Inject(5, Second, Second));
        var stats = Run(scenario).ScenarioStats.Single();

        Assert.Equal(["decide", "confirm"], stats.StepStats.Select(step => step.StepName));
        Assert.Equal((5, 0), (stats.StepStats[0].Ok.Request.Count, stats.StepStats[0].Fail.Request.Count));
        Assert.Equal(2, stats.StepStats[0].Ok.Latency.Percent99);
        Assert.Equal((0, 5), (stats.StepStats[1].Ok.Request.Count, stats.StepStats[1].Fail.Request.Count));
        Assert.Equal(5, stats.AllFailCount);
    }

    [Fact]
    public void MaxFailCount_Reached_EndsTheRunAndSaysSo()
    {
        var scenario = Scenario.Create("failing", _ => Task.FromResult<IResponse>(Response.Fail()))
            .WithoutWarmUp().WithMaxFailCount(3).WithLoadSimulations(Simulation.Inject(10, Second, Second * 10));

        Assert.Equal(3, Run(scenario).AllFailCount);
        Assert.Contains("STOPPED EARLY", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void StopCurrentTest_StopsTheOthersToo()
    {
        var first = Scenario.Create("first", context =>
        {
            context.StopCurrentTest("enough");
            return Task.FromResult<IResponse>(Response.Ok());
        }).WithoutWarmUp().WithLoadSimulations(Simulation.Inject(10, Second, Second * 10));
        var stats = Run(first).ScenarioStats.Single();

        Assert.Equal(1, stats.AllOkCount);
    }

    [Fact]
    public void CompletionTimeout_IterationsThatNeverEnd_CountAsFailed()
    {
        var scenario = Scenario.Create("endless", _ => new TaskCompletionSource<IResponse>().Task)
            .WithoutWarmUp().WithLoadSimulations(Simulation.Inject(4, Second, Second));
        var stats = Run(scenario, context => context.WithScenarioCompletionTimeout(Second * 3)).ScenarioStats.Single();

        Assert.Equal(4, stats.AllFailCount);
        Assert.Equal("-100", stats.Fail.StatusCodes.Single().StatusCode);
    }

    [Fact]
    public void Thresholds_MetFailedAndThrowing_AreReported()
    {
        var scenario = Working("limits", 4).WithoutWarmUp().WithLoadSimulations(Simulation.Inject(10, Second, Second))
            .WithThresholds(
                Threshold.Create(stats => stats.Ok.Latency.Percent99 < 5),
                Threshold.Create(stats => stats.Ok.Request.Count > 10),
                Threshold.Create(stats => stats.StepStats[3].Ok.Request.Count > 0));
        var thresholds = Run(scenario).Thresholds;

        Assert.Equal([false, true, true], thresholds.Select(threshold => threshold.IsFailed));
        Assert.Equal("stats => stats.Ok.Latency.Percent99 < 5", thresholds[0].CheckExpression);
        Assert.NotEmpty(thresholds[2].ExceptionMsg);
    }

    [Fact]
    public void RegisterScenarios_NameTwice_IsRefused() =>
        Assert.Throws<ArgumentException>(() => NBomberRunner.RegisterScenarios(Working("same", 1), Working("same", 1)));

    private ScenarioProps Working(string name, int ms) => Scenario.Create(name, _ =>
    {
        scheduler.Work(TimeSpan.FromMilliseconds(ms));
        return Task.FromResult<IResponse>(Response.Ok());
    });

    private NodeStats Run(ScenarioProps scenario, Func<NBomberContext, NBomberContext>? configure = null)
    {
        var context = NBomberRunner.RegisterScenarios(scenario).WithoutReports() with { Scheduler = scheduler, Output = output };
        return (configure?.Invoke(context) ?? context).Run();
    }
}
