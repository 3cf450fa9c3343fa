using Microsoft.Extensions.Logging.Abstractions;
using WinBack.Adapters.Kafka;
using WinBack.Adapters.Redis;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Policy;
using WinBack.Core.Policy.Responses;
using WinBack.Tests.Policy;
using WinBack.Tests.Redis;

namespace WinBack.Tests.Kafka;

/// <summary>Responses counted in a real Redis: once a touch, whatever is told twice, and read when their window is over.</summary>
[Trait("Rule", "V1")]
public sealed class ResponseCounterTests : RedisServerTests
{
    private const int Partitions = 2;
    private static readonly ResponseOptions Options = new() { Window = TimeSpan.FromDays(20), History = TimeSpan.FromDays(60) };
    private static readonly DateTimeOffset Now = CustomerHistory.Now;
    private int _requests;

    [Fact]
    public async Task Learn_ToldTwice_CountsOnce()
    {
        Decision decision = await DecideAsync("anna");
        for (int i = 0; i < 3; i++)
        {
            await LearnAsync(decision, ResponseNewsKind.Sent, 0);
            await LearnAsync(decision, ResponseNewsKind.Returned, 5);
            await LearnAsync(decision, ResponseNewsKind.Unsubscribed, 6);
        }

        Assert.Equal(new ResponseCounts(1, Expected(decision), 1, 1), await CellAsync("mail"));
    }

    /// <summary>A return that no outcome event names is the answer to the latest touch, if that was not too long ago.</summary>
    [Fact]
    public async Task Learn_ReturnByItself_IsTheAnswerToTheLatestTouch()
    {
        Decision decision = await DecideAsync("anna");
        await LearnAsync(decision, ResponseNewsKind.Returned, 5, isNamed: false);
        Assert.Equal(default, await CellAsync("mail"));
        await LearnAsync(decision, ResponseNewsKind.Sent, 0);
        await LearnAsync(decision, ResponseNewsKind.Returned, 21, isNamed: false);
        Assert.Equal(new ResponseCounts(1, Expected(decision), 0, 0), await CellAsync("mail"));
        await LearnAsync(decision, ResponseNewsKind.Returned, 19, isNamed: false);
        Assert.Equal(new ResponseCounts(1, Expected(decision), 1, 0), await CellAsync("mail"));
    }

    [Fact]
    public async Task Learn_AnswerBeforeTheNewsThatItWasSent_CountsBoth()
    {
        Decision decision = await DecideAsync("anna");
        await LearnAsync(decision, ResponseNewsKind.Returned, 1);
        await LearnAsync(decision, ResponseNewsKind.Sent, 0);
        Assert.Equal(new ResponseCounts(1, Expected(decision), 1, 0), await CellAsync("mail"));
    }

    [Fact]
    public async Task Learn_UnknownDecisionAnotherCustomerOrErased_CountsNothing()
    {
        Decision decision = await DecideAsync("anna");
        var counter = Counter(decision);
        Assert.Equal(0, await counter.LearnAsync("anna", new ResponseNews(ResponseNewsKind.Sent, new Guid(9, 9, 9, new byte[8]), Now)));
        Assert.Equal(0, await counter.LearnAsync("berta", new ResponseNews(ResponseNewsKind.Sent, decision.Id!.Value.Request, Now)));
        await LearnAsync(decision, ResponseNewsKind.Sent, 0);
        await LearnAsync(decision, ResponseNewsKind.Erased, 1, isNamed: false);
        await LearnAsync(decision, ResponseNewsKind.Returned, 2, isNamed: false);
        Assert.Equal(new ResponseCounts(1, Expected(decision), 0, 0), await CellAsync("mail"));
    }

    /// <summary>The guard that makes it once: without it, what is told twice counts twice.</summary>
    [Fact]
    public async Task Learn_WithoutItsGuard_CountsTwice()
    {
        Decision decision = await DecideAsync("anna");
        var script = new Adapters.Redis.LuaScript("learn").Without("if not string.find(noted, kind, 1, true) then", "if true then");
        var counter = new ResponseCounter(Database, Keys(decision), Options, NullLogger.Instance) { Script = script };
        for (int i = 0; i < 2; i++)
            await counter.LearnAsync("anna", new ResponseNews(ResponseNewsKind.Sent, decision.Id!.Value.Request, Now));
        Assert.Equal(2, (await CellAsync("mail")).Sent);
    }

    [Fact]
    public async Task Read_OnlyDaysWhoseWindowIsOver_AndAddsPartitions()
    {
        foreach (string customer in new[] { "anna", "berta", "carla", "dora", "eva", "fanny" })
            await LearnAsync(await DecideAsync(customer), ResponseNewsKind.Sent, 0);
        ResponseReader reader = Reader();
        Assert.Equal(0, (await reader.ReadAsync(Now.AddDays(20))).Total.Sent);
        Assert.Equal(6, (await reader.ReadAsync(Now.AddDays(21))).Total.Sent);
        Decision late = await DecideAsync("gerda");
        await LearnAsync(late, ResponseNewsKind.Sent, 0);
        Assert.Equal(7, (await reader.ReadAsync(Now.AddDays(22))).Total.Sent);
        // Settled: read once, and kept.
        Assert.Equal(7, (await reader.ReadAsync(Now.AddDays(30))).Total.Sent);
        await LearnAsync(await DecideAsync("hanna"), ResponseNewsKind.Sent, 0);
        Assert.Equal(7, (await reader.ReadAsync(Now.AddDays(30))).Total.Sent);
        Assert.Equal(8, (await Reader().ReadAsync(Now.AddDays(30))).Total.Sent);
        Assert.Equal(0, (await Reader().ReadAsync(Now.AddDays(90))).Total.Sent);
    }

    private async Task<Decision> DecideAsync(string customer)
    {
        var store = new DecisionStore(Database, new RedisOptions(), Partitions);
        DecisionPlan plan = new DecisionPipeline("schema", Partitions).Plan(
            new DecisionRequest(new CustomerId(customer), new Guid(++_requests, 0, 0, new byte[8]), []),
            CustomerSnapshot.Of(CustomerHistory.BoughtOnce(90).Blob, Core.Caps.CapLedger.Empty), [0, 0, 0], new Scores(0.8, 0.2, []),
            TestPlaybook.Model(TestPlaybook.Config()), Now);
        return (await store.ReserveAsync(plan)).Decision!;
    }

    private Task LearnAsync(Decision decision, ResponseNewsKind kind, int days, bool isNamed = true) => Counter(decision).LearnAsync(
        decision.Customer.Value, new ResponseNews(kind, isNamed ? decision.Id!.Value.Request : null, Now.AddDays(days)));

    private ResponseCounter Counter(Decision decision) => new(Database, Keys(decision), Options, NullLogger.Instance);

    private static PartitionKeys Keys(Decision decision) => new(decision.Id!.Value.Partition);

    private ResponseReader Reader() => new(Database, new RedisOptions { CommandTimeout = TimeSpan.FromSeconds(30) }, Options, Partitions);

    private async Task<ResponseCounts> CellAsync(string action) =>
        (await Reader().ReadAsync(Now.AddDays(40))).Cells.GetValueOrDefault((action, "bought_once"));

    private static long Expected(Decision decision) => (long)Math.Round(decision.Chosen!.Terms.PriorReturnWith * 1e6);
}
