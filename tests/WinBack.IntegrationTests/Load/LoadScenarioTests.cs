using WinBack.Cli;
using WinBack.Load.Scenarios;

namespace WinBack.IntegrationTests.Load;

/// <summary>
/// Every scenario, short and bounded by count, against a running service: counts and statuses, never times. Each has customers
/// of its own, by their prefix, so that none meets caps that another has filled.
/// </summary>
public sealed class LoadScenarioTests(LoadedServiceFixture fixture) : IClassFixture<LoadedServiceFixture>
{
    private const int Copies = 2;
    private const string Small = "--for 60s --warm-up 0s --customers 200 --copies 2";

    [Fact]
    public async Task Decide_CountOf40_DecidesBesideItsPeers()
    {
        LoadRun run = await RunAsync("decide", Small + " --count 40");
        AssertCount(40, run.Rows["empty"]);
        AssertCount(40, run.Rows["validate_only"]);
        AssertCount(40, run.Rows["decide"]);
        AssertStatuses(run, "empty", "OK");
        AssertStatuses(run, "decide", "ACTION", "NO_ACTION");
        Assert.Contains("decide-1-decide.html", run.ReportFiles);
        Assert.Contains("decide-1-empty.csv", run.ReportFiles);
    }

    /// <summary>An open loop starts all that it was asked for, however slow the machine is.</summary>
    [Fact]
    public async Task Decide_OpenLoop_StartsRateTimesLength()
    {
        LoadRun run = await RunAsync("decide", "--rate 30 --for 2s --warm-up 0s --customers 200 --no-peers");
        Assert.Equal(60, run.Rows["decide"].Operations);
        Assert.Equal(["decide"], run.Rows.Keys);
    }

    [Fact]
    public async Task Hot_OneCustomer_IsCappedAndNothingFails()
    {
        LoadRun run = await RunAsync("hot", Small + " --count 60");
        AssertStatuses(run, "spread", "ACTION", "NO_ACTION");
        AssertStatuses(run, "hot", "ACTION", "NO_ACTION");
        // Caps hold exactly: the shipped playbook allows no customer that many touches.
        Assert.True(run.Rows["hot"].Statuses["NO_ACTION"] > 40, string.Join(' ', run.Rows["hot"].Statuses));
    }

    [Fact]
    public async Task Batch_CountOf20_DecidesInBatchesOf5()
    {
        LoadRun run = await RunAsync("batch", Small + " --count 20 --size 5");
        Assert.Equal(["decide_batch", "decide_one_a_call", "validate_only_batch", "validate_only_one_a_call"], run.Rows.Keys.Order());
        foreach (string flow in (string[])["validate_only_batch", "decide_batch"])
        {
            AssertStatuses(run, flow, "OK");
            Assert.Equal(run.Rows[flow].Iterations * 5, run.Rows[flow].Operations);
            Assert.InRange(run.Rows[flow].Iterations, 4, 4 + Copies);
        }
    }

    [Fact]
    public async Task Stream_CountOf20_GetsAResultForEachRequest()
    {
        LoadRun run = await RunAsync("stream", Small + " --count 20 --size 5");
        AssertStatuses(run, "stream", "OK");
        Assert.Equal(run.Rows["stream"].Iterations * 5, run.Rows["stream"].Operations);
    }

    [Fact]
    public async Task Mix_CountOf60_ConfirmsAndReleases()
    {
        LoadRun run = await RunAsync("mix", Small + " --count 60");
        AssertCount(60, run.Rows["mix"]);
        AssertStatuses(run, "mix", "CONFIRMED", "RELEASED", "NO_ACTION");
        Assert.Contains("CONFIRMED", run.Rows["mix"].Statuses.Keys);
        Assert.Contains("RELEASED", run.Rows["mix"].Statuses.Keys);
    }

    [Fact]
    public async Task Ingest_CountOf500_IsAcknowledgedAndFolded()
    {
        LoadRun run = await RunAsync("ingest", Small + " --count 500 --size 50");
        Assert.InRange(run.Rows["handed_over"].Operations, 500, 500 + (50 * Copies));
        // The markers of each topic come on top.
        Assert.Equal(run.Rows["handed_over"].Operations + (4 * 64), run.Rows["folded"].Operations);
        Assert.Equal(0, run.Rows["folded"].Failed);
    }

    [Fact]
    public async Task Day_FourSeconds_HasAllOfItsFlows()
    {
        LoadRun run = await RunAsync("day", "--rate 40 --for 4s --warm-up 0s --customers 200");
        AssertStatuses(run, "decide", "CONFIRMED", "RELEASED", "NO_ACTION", "CONFIRM_REFUSED");
        AssertStatuses(run, "events", "OK");
        AssertStatuses(run, "outcomes", "OK", "NO_ACTION");
        AssertStatuses(run, "campaign", "OK");
        Assert.True(run.Rows["events"].Operations > run.Rows["decide"].Operations);
        Assert.InRange(run.Rows["campaign"].Iterations, 1, 2);
    }

    [Fact]
    public async Task OptOut_CountOf3_EveryConfirmationIsRefused()
    {
        LoadRun run = await RunAsync("optout", Small + " --count 3 --rate 20");
        AssertCount(3, run.Rows["refused"]);
        AssertStatuses(run, "refused", "REFUSED");
        AssertStatuses(run, "decide_beside", "ACTION", "NO_ACTION");
    }

    [Fact]
    public async Task Soak_CountOf5_HasSixLegs()
    {
        LoadRun run = await RunAsync("soak", "--rate 20 --for 60s --count 5 --warm-up 0s --customers 200");
        Assert.Equal(Enumerable.Range(1, 6).Select(i => $"leg_{i}"), run.Rows.Keys.Where(flow => flow.StartsWith("leg", StringComparison.Ordinal)));
        Assert.All(run.Rows, row => Assert.Equal(0, row.Value.Failed));
        AssertCount(5, run.Rows["leg_6"]);
    }

    [Fact]
    public async Task Visible_CountOf3_SeesEachEvent()
    {
        LoadRun run = await RunAsync("visible", Small + " --count 3 --rate 50");
        AssertCount(3, run.Rows["visible"]);
        AssertStatuses(run, "visible", "OK");
        AssertStatuses(run, "events_beside", "OK");
    }

    [Fact]
    public async Task Fold_20000Events_AreFoldedBesideABareConsumer()
    {
        LoadRun run = await LoadRun.OfAsync("fold", "--count 20000 --customers 500 --rounds 1");
        Assert.Equal((ExitCode.Ok, 20_000, 20_000), (run.Code, run.Rows["bare_consumer"].Operations, run.Rows["fold"].Operations));
    }

    [Fact]
    public async Task Memory_2000Customers_IsToldOfBothMixes()
    {
        LoadRun run = await LoadRun.OfAsync("memory", "--customers 2000");
        Assert.Equal((ExitCode.Ok, ""), (run.Code, run.Error));
        Assert.Contains("(retail)", run.Output, StringComparison.Ordinal);
        Assert.Contains("(subscription)", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task H2Load_OneSecond_MakesTheSameCalls()
    {
        LoadRun run = await RunAsync("h2load", "--for 1s --warm-up 0s --customers 200 --copies 2");
        foreach (string flow in (string[])["empty", "empty_h2load", "validate_only", "validate_only_h2load"])
            Assert.True(run.Rows[flow] is { Operations: > 0, Failed: 0 }, flow);
    }

    /// <summary>A service that is not there is told at once, in words.</summary>
    [Fact]
    public async Task Decide_NobodyAtTheAddress_SaysSo()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        string address = $"http://{taken.LocalEndpoint}";
        taken.Stop();
        LoadRun run = await LoadRun.OfAsync("decide", Small, "--address", address);
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("nothing answers there", run.Error, StringComparison.Ordinal);
    }

    /// <summary>Without an address the tool starts what it loads, and ends it.</summary>
    [Fact]
    public async Task Decide_WithoutAddress_StartsAServiceOfItsOwn()
    {
        LoadRun run = await LoadRun.OfAsync("decide", Small + " --count 10 --no-peers", "--service", Service.Stores.ServiceDll);
        LoadRun.Row decide = run.Rows["decide"];
        // Such a service has no more patience than one in life: on a loaded machine a call may fail, and is then reported.
        Assert.InRange(decide.Iterations, 10, 10 + Copies);
        Assert.Equal(decide.Failed == 0 ? ExitCode.Ok : ExitCode.BadInput, run.Code);
        Assert.Contains("the tool's own", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AllScenarios_HaveATestHere()
    {
        string[] tests = [.. GetType().GetMethods().Select(method => method.Name.Split('_')[0].ToLowerInvariant())];
        Assert.All(AllScenarios.List, scenario => Assert.Contains(scenario.Name, tests));
    }

    private async Task<LoadRun> RunAsync(string scenario, string arguments)
    {
        LoadRun run = await LoadRun.OfAsync(
            scenario, arguments, "--address", fixture.Service.Grpc, "--bootstrap", fixture.Service.Kafka, "--prefix", scenario);
        Assert.True((run.Code, run.Error) == (ExitCode.Ok, ""), $"{run.Code}: {run.Error}\n{run.Output}\n{fixture.Service.EndOfLog()}");
        return run;
    }

    /// <summary>A part ends at its count, give or take what its callers have under way.</summary>
    private static void AssertCount(int count, LoadRun.Row row)
    {
        Assert.InRange(row.Operations, count, count + Copies);
        Assert.Equal(0, row.Failed);
    }

    private static void AssertStatuses(LoadRun run, string flow, params string[] allowed)
    {
        Assert.Equal(0, run.Rows[flow].Failed);
        Assert.True(run.Rows[flow].Operations > 0, $"{flow} did nothing");
        Assert.All(run.Rows[flow].Statuses.Keys, status => Assert.Contains(status, allowed));
    }
}
