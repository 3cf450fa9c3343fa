using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Policy;
using static WinBack.IntegrationTests.Caps.Touches;

namespace WinBack.IntegrationTests.Caps;

/// <summary>Confirmations at the end of a send window (rule C4); run as <see cref="StoreChecks"/> are.</summary>
internal static class WindowChecks
{
    private static readonly SendWindow Daytime = new(new WeekSchedule([(8 * 60, 20 * 60)]), [TimeZoneInfo.Utc]);

    /// <summary>2026-01-05 is a Monday, and the window is that day's.</summary>
    private static readonly DateTimeOffset Evening = new(2026, 1, 5, 19, 55, 0, TimeSpan.Zero);

    /// <summary>Decided on while it is open: refused after it has closed, and its places stay held.</summary>
    internal static async Task ClosesAsync(StoreBench bench)
    {
        await bench.SetStateAsync(Customer, State());
        // What passes early comes first: the clock of a customer never goes back.
        foreach (int i in (int[])[4, 1, 2, 3])
        {
            bench.SetClock(Evening);
            bool isBound = i is 1 or 4, isOwed = i == 3;
            await bench.Store.ReserveAsync(Plan(i, Candidate() with { Window = Daytime with { BindsConfirm = i != 2 }, IsTransactional = isOwed }));
            if (i == 4)
            {
                Assert.Equal(ConfirmOutcome.Confirmed, (await bench.Store.ConfirmAsync(Plan(i).Id!.Value)).Outcome);
                continue;
            }

            bench.SetClock(Evening.AddMinutes(6));
            ConfirmReply reply = await bench.Store.ConfirmAsync(Plan(i).Id!.Value);
            Assert.Equal(isBound ? ConfirmOutcome.WindowClosed : ConfirmOutcome.Confirmed, reply.Outcome);
            Assert.Equal(isBound ? DecisionStatus.Reserved : DecisionStatus.Confirmed, (await bench.Store.GetAsync(Plan(i).Id!.Value))!.Status);
        }
    }

    /// <summary>It closes after it was asked and before the places are taken for good.</summary>
    internal static async Task ClosesUnderConfirmAsync(StoreBench bench)
    {
        bench.SetClock(Evening);
        await bench.SetStateAsync(Customer, State());
        await bench.Store.ReserveAsync(Plan(1, Candidate() with { Window = Daytime }));
        void Late() => bench.SetClock(Evening.AddMinutes(6));
        if (bench.Server is { } redis)
            redis.BetweenFenceAndConfirm = () => Task.Run(Late);
        else
            Late();
        Assert.Equal(ConfirmOutcome.WindowClosed, (await bench.Store.ConfirmAsync(Plan(1).Id!.Value)).Outcome);
    }

    /// <summary>The customer turns out to live where it is early morning.</summary>
    internal static async Task ZoneChangesAsync(StoreBench bench)
    {
        bench.SetClock(Evening);
        await bench.SetStateAsync(Customer, State());
        await bench.Store.ReserveAsync(Plan(1, Candidate() with { Window = Daytime }));
        await bench.SetStateAsync(Customer, State(new ProfilePayload("Asia/Tokyo", null, ValueTier.None, null, null)));
        Assert.Equal(ConfirmOutcome.WindowClosed, (await bench.Store.ConfirmAsync(Plan(1).Id!.Value)).Outcome);
    }
}
