using StackExchange.Redis;
using WinBack.Adapters.Redis;
using WinBack.Core.Caps;
using WinBack.Core.Caps.Budgets;
using WinBack.Core.Decisions;
using WinBack.Core.Policy;
using static WinBack.IntegrationTests.Caps.Touches;

namespace WinBack.IntegrationTests.Caps;

/// <summary>Resets of contact budgets: done once, noted, and without giving away what is only reserved.</summary>
public sealed class BudgetResetsTests
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private static readonly CapUse
        Sent = Cap("sent/all", 2, Week) with { Counts = CapUnit.Sent }, Seen = Cap("seen/all", 3, Week) with { Counts = CapUnit.Impression },
        Other = Cap("other/all", 5, Week);

    [Theory]
    [InlineData("redis-server")]
    [InlineData("garnet")]
    [Trait("Rule", "C2")]
    [Trait("Rule", "C3")]
    public async Task Reset_TakesOffWhatWasSentOnceAndNotesIt(string kind)
    {
        await using ServerOrMemory server = await ServerOrMemory.StartAsync(kind);
        await using StoreBench bench = await server.OpenAsync();
        bench.SetClock(Start);
        var resets = new BudgetResets(
            bench.Redis!, new RedisOptions { CommandTimeout = TimeSpan.FromSeconds(30), ClockOffset = Start - TimeProvider.System.GetUtcNow() },
            StoreBench.Partitions);
        await bench.SetStateAsync(Customer, State());
        await bench.Store.ReserveAsync(Plan(1, Candidate(Sent, Seen, Other)));
        Assert.Equal(ConfirmOutcome.Confirmed, (await bench.Store.ConfirmAsync(Plan(1).Id!.Value)).Outcome);
        await bench.Store.HearAsync(Customer, [Outcome(1, TouchEvidence.Shown, 1), Outcome(1, TouchEvidence.Shown, 2)]);
        await bench.Store.ReserveAsync(Plan(2, Candidate(Sent, Other)));

        var asked = new BudgetReset(Request(50), "ann\nof support", "wrong\naddress", Start, []);
        BudgetReset trial = await resets.ResetAsync(Customer, asked, [Sent.Key, Seen.Key], isTrial: true);
        Assert.Equal([KeyValuePair.Create(Sent.Key, 1), KeyValuePair.Create(Seen.Key, 2)], trial.Freed);
        Assert.Empty(await resets.ListAsync(Customer));
        Assert.Equal(2, (await bench.Store.ReadAsync(Customer)).Caps.StampsOf(Sent.Key).Count);

        BudgetReset done = await resets.ResetAsync(Customer, asked, [Sent.Key, Seen.Key], isTrial: false);
        Assert.Equal(trial.Freed, done.Freed);
        Assert.Equal(("ann of support", "wrong\naddress"), (done.By, done.Reason));
        CapLedger caps = (await bench.Store.ReadAsync(Customer)).Caps;
        // The open reservation keeps its place, and other caps theirs.
        Assert.Equal((1, 0, 2), (caps.StampsOf(Sent.Key).Count, caps.ImpressionsOf(Seen.Key).Count, caps.StampsOf(Other.Key).Count));

        // Told again, or contradicted, the touch does not come back; what is seen from now on counts.
        await bench.Store.HearAsync(Customer, [Outcome(1, TouchEvidence.Failed, 3), Outcome(1, TouchEvidence.Delivered, 4)]);
        await bench.Store.HearAsync(Customer, [Outcome(1, TouchEvidence.Shown, 5)]);
        caps = (await bench.Store.ReadAsync(Customer)).Caps;
        Assert.Equal((1, 1), (caps.StampsOf(Sent.Key).Count, caps.ImpressionsOf(Seen.Key).Count));

        // A retry is the same reset, whatever happened since.
        BudgetReset again = await resets.ResetAsync(Customer, asked, [Other.Key], isTrial: false);
        Assert.Equal(done.Time, again.Time);
        Assert.Equal(done.Freed, again.Freed);
        await resets.ResetAsync(Customer, asked with { Request = Request(51), Reason = "once more" }, [Other.Key], isTrial: false);
        Assert.Equal(["once more", "wrong\naddress"], (await resets.ListAsync(Customer)).Select(reset => reset.Reason));
        Assert.Single((await bench.Store.ReadAsync(Customer)).Caps.StampsOf(Other.Key));
        RedisKey noted = new PartitionKeys(Plan(1).Id!.Value.Partition).Resets(Customer.Value);
        Assert.InRange((await bench.Redis!.KeyTimeToLiveAsync(noted))!.Value.TotalDays, 400, 401);
    }

    private static TouchOutcome Outcome(int request, TouchEvidence evidence, int number) =>
        new(Request(request), evidence, CapTime.ToMicros(Start.AddHours(number)), (ulong)number);
}
