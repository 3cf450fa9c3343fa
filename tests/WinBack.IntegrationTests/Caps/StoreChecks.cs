using WinBack.Adapters.Wire;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.Policy;
using static WinBack.IntegrationTests.Caps.Touches;

namespace WinBack.IntegrationTests.Caps;

/// <summary>
/// What every decision store must do. Run against the one in memory, redis-server and Garnet, and against scripts
/// without one of their guards, where the check that minds the guard must fail.
/// </summary>
internal static class StoreChecks
{
    private static readonly CapUse OneAWeek = Cap("week/all", 1, TimeSpan.FromDays(7));

    /// <summary>64 callers at once on one customer, many with the same request ids.</summary>
    internal static async Task RaceAsync(StoreBench bench)
    {
        const int ids = 40, limit = 10;
        bench.SetClock(Start);
        Candidate mail = Candidate(Cap("race/all", limit, TimeSpan.FromDays(7)), Cap("other/all", 100, TimeSpan.FromDays(1)));
        var random = new Random(5);
        int[] requests = Enumerable.Range(0, 64 * 8).Select(i => i < ids ? i : random.Next(ids)).ToArray();
        random.Shuffle(requests);
        var replies = new List<(int Request, ReserveReply Reply)>[64];
        await Task.WhenAll(Enumerable.Range(0, 64).Select(caller => Task.Run(async () =>
        {
            replies[caller] = [];
            for (int i = caller; i < requests.Length; i += 64)
                replies[caller].Add((requests[i], await bench.Store.ReserveAsync(Plan(requests[i], mail))));
        })));

        var byRequest = replies.SelectMany(r => r).GroupBy(r => r.Request).ToArray();
        Assert.Equal(ids, byRequest.Length);
        foreach (var answers in byRequest)
        {
            Assert.Single(answers, a => a.Reply.Outcome == ReserveOutcome.Decided);
            Assert.Single(answers.Select(a => Wire(a.Reply.Decision!)).Distinct());
        }

        Assert.Equal(limit, byRequest.Count(answers => answers.First().Reply.Decision!.Kind == DecisionKind.Action));
        Assert.Equal(ids, (await bench.ReadOutboxAsync(Customer)).Length);
        Assert.Equal(limit, (await bench.Store.ReadAsync(Customer)).Caps.StampsOf("race/all").Distinct().Count());
    }

    internal static async Task RetryAsync(StoreBench bench)
    {
        bench.SetClock(Start);
        ReserveReply first = await bench.Store.ReserveAsync(Plan(1, Candidate(OneAWeek)));
        Assert.Equal((ReserveOutcome.Decided, DecisionStatus.Reserved), (first.Outcome, first.Decision!.Status));
        ReserveReply again = await bench.Store.ReserveAsync(Plan(1, Candidate(OneAWeek)));
        Assert.Equal(ReserveOutcome.Repeated, again.Outcome);
        Assert.Equal(Wire(first.Decision), Wire(again.Decision!));
        Assert.Equal([Request(1).ToString("D")], await bench.ReadOutboxAsync(Customer));

        ReserveReply other = await bench.Store.ReserveAsync(Plan(Request(1), "other hash", Candidate(OneAWeek)));
        Assert.Equal((ReserveOutcome.RequestIdReused, null), (other.Outcome, other.Decision));

        bench.SetClock(Start + Hold + TimeSpan.FromSeconds(30));
        Assert.Equal(
            DecisionStatus.Expired, (await bench.Store.ReserveAsync(Plan(1, Candidate(OneAWeek)))).Decision!.Status);
    }

    internal static async Task DenialAsync(StoreBench bench)
    {
        bench.SetClock(Start);
        Candidate mail = Candidate(OneAWeek) with { Action = "mail" };
        Candidate card = Candidate(OneAWeek, Cap("card/all", 2, TimeSpan.FromDays(30))) with { Action = "card" };
        Candidate free = Candidate() with { Action = "free" };
        Decision first = (await bench.Store.ReserveAsync(Plan(1, mail))).Decision!;
        await ConfirmAsync(bench, 1, ConfirmOutcome.Confirmed);

        Decision none = (await bench.Store.ReserveAsync(Plan(2, mail, card))).Decision!;
        Assert.Equal((DecisionKind.NoAction, DecisionStatus.None), (none.Kind, none.Status));
        Assert.Equal(["mail", "card"], none.CapRejections.Select(r => r.Action));
        Assert.Equal(first.CapClockTime.AddDays(7), none.NextEligibleTime);
        Decision? stored = await bench.Store.GetAsync(none.Id!.Value);
        Assert.Equal(Wire(none), Wire(stored!));
        Assert.Equal(2, (await bench.ReadOutboxAsync(Customer)).Length);

        Decision third = (await bench.Store.ReserveAsync(Plan(3, mail, card, free))).Decision!;
        Assert.Equal(("free", 2), (third.Action, third.CapRejections.Count));
        Assert.Equal(Wire(third), Wire((await bench.Store.GetAsync(third.Id!.Value))!));
        Assert.Equal(DecisionKind.NoAction, (await bench.Store.ReserveAsync(Plan(4))).Decision!.Kind);
        Assert.Equal(ConfirmOutcome.NothingReserved, (await bench.Store.ConfirmAsync(Plan(4).Id!.Value)).Outcome);
        Assert.Equal(ReleaseOutcome.NothingReserved, (await bench.Store.ReleaseAsync(Plan(4).Id!.Value)).Outcome);
    }

    internal static async Task ExpiryAsync(StoreBench bench)
    {
        bench.SetClock(Start);
        Decision first = (await bench.Store.ReserveAsync(Plan(1, Candidate(OneAWeek)))).Decision!;
        Decision denied = (await bench.Store.ReserveAsync(Plan(2, Candidate(OneAWeek)))).Decision!;
        Assert.Equal(first.ReservationExpireTime, denied.NextEligibleTime);

        bench.SetClock(Start + Hold + TimeSpan.FromSeconds(30));
        Assert.Equal(DecisionStatus.Expired, (await bench.Store.GetAsync(first.Id!.Value))!.Status);
        await ConfirmAsync(bench, 1, ConfirmOutcome.Expired);
        Assert.Equal(ReleaseOutcome.Expired, (await bench.Store.ReleaseAsync(first.Id!.Value)).Outcome);
        Assert.Equal(DecisionKind.Action, (await bench.Store.ReserveAsync(Plan(3, Candidate(OneAWeek)))).Decision!.Kind);
        Assert.Single((await bench.Store.ReadAsync(Customer)).Caps.StampsOf(OneAWeek.Key));
        await ConfirmAsync(bench, 3, ConfirmOutcome.Confirmed);
        // What was confirmed does not expire.
        bench.SetClock(Start + (Hold * 3));
        Assert.Equal(DecisionKind.NoAction, (await bench.Store.ReserveAsync(Plan(4, Candidate(OneAWeek)))).Decision!.Kind);
    }

    internal static async Task ReleaseAsync(StoreBench bench)
    {
        bench.SetClock(Start);
        await bench.SetStateAsync(Customer, State());
        DecisionId id = (await bench.Store.ReserveAsync(Plan(1, Candidate(OneAWeek)))).Decision!.Id!.Value;
        Assert.Equal(ReleaseOutcome.Released, (await bench.Store.ReleaseAsync(id)).Outcome);
        ReleaseReply again = await bench.Store.ReleaseAsync(id);
        Assert.Equal((ReleaseOutcome.Released, DecisionStatus.Released), (again.Outcome, again.Decision!.Status));
        Assert.Equal(ConfirmOutcome.Released, (await bench.Store.ConfirmAsync(id)).Outcome);
        Assert.Empty((await bench.Store.ReadAsync(Customer)).Caps.StampsOf(OneAWeek.Key));
        Assert.Equal(DecisionKind.Action, (await bench.Store.ReserveAsync(Plan(2, Candidate(OneAWeek)))).Decision!.Kind);
        await ConfirmAsync(bench, 2, ConfirmOutcome.Confirmed);
        await ConfirmAsync(bench, 2, ConfirmOutcome.Confirmed);
        ReleaseReply late = await bench.Store.ReleaseAsync(Plan(2).Id!.Value);
        Assert.Equal((ReleaseOutcome.Confirmed, DecisionStatus.Confirmed), (late.Outcome, late.Decision!.Status));
        Assert.Single((await bench.Store.ReadAsync(Customer)).Caps.StampsOf(OneAWeek.Key));
        Assert.Equal(ReleaseOutcome.NotFound, (await bench.Store.ReleaseAsync(Plan(99).Id!.Value)).Outcome);
        Assert.Equal(ConfirmOutcome.NotFound, (await bench.Store.ConfirmAsync(Plan(99).Id!.Value)).Outcome);
        Assert.Null(await bench.Store.GetAsync(new DecisionId(StoreBench.Partitions, Request(1))));
    }

    internal static async Task ClockBackAsync(StoreBench bench)
    {
        CapUse cap = Cap("clock/all", 3, TimeSpan.FromDays(7));
        for (int i = 1; i <= 3; i++)
        {
            bench.SetClock(Start.AddDays(-100 * i));
            Decision decision = (await bench.Store.ReserveAsync(Plan(i, Candidate(cap)))).Decision!;
            Assert.Equal(DecisionKind.Action, decision.Kind);
        }

        for (int i = 1; i <= 3; i++) await ConfirmAsync(bench, i, ConfirmOutcome.Confirmed);
        bench.SetClock(Start.AddDays(-1_000));
        Decision denied = (await bench.Store.ReserveAsync(Plan(4, Candidate(cap)))).Decision!;
        Assert.Equal(DecisionKind.NoAction, denied.Kind);
        IReadOnlyList<long> stamps = (await bench.Store.ReadAsync(Customer)).Caps.StampsOf(cap.Key);
        Assert.Equal(3, stamps.Distinct().Count());
        Assert.Equal(stamps.Order(), stamps);
        Assert.True(stamps[0] >= CapTime.ToMicros(Start.AddDays(-100)), "the clock went back");
    }

    internal static async Task FencesAsync(StoreBench bench)
    {
        (EventPayload Happened, ConfirmOutcome Expected)[] cases =
        [
            (new ConsentPayload(Channel.Email, ConsentKind.Withdrawn), ConfirmOutcome.ConsentWithdrawn),
            (new ConsentPayload(Channel.Email, ConsentKind.AddressBounced), ConfirmOutcome.AddressBounced),
            (new BillingPayload(BillingKind.Purchase, 100, 1, "", "", "", null), ConfirmOutcome.Reengaged),
            (new LifecyclePayload(LifecycleKind.Erased, LapseReason.None, ""), ConfirmOutcome.CustomerErased),
            (new ViewedPayload("/", ""), ConfirmOutcome.Confirmed),
        ];
        bench.SetClock(Start);
        for (int i = 0; i < cases.Length; i++)
        {
            await bench.SetStateAsync(Customer, State());
            await bench.Store.ReserveAsync(Plan(i + 1, Candidate()));
            await bench.SetStateAsync(Customer, State(cases[i].Happened));
            ConfirmReply reply = await bench.Store.ConfirmAsync(Plan(i + 1).Id!.Value);
            Assert.Equal(cases[i].Expected, reply.Outcome);
            Assert.Equal(
                reply.Outcome == ConfirmOutcome.Confirmed ? DecisionStatus.Confirmed : DecisionStatus.Reserved, reply.Decision!.Status);
        }
    }

    /// <summary>Touches that are counted and not held back may be more than the limit; a place given back is only one's own.</summary>
    internal static async Task TransactionalAsync(StoreBench bench)
    {
        bench.SetClock(Start);
        Candidate receipt = Candidate(OneAWeek with { IsEnforced = false }) with { IsTransactional = true };
        for (int i = 1; i <= 2; i++)
        {
            await bench.Store.ReserveAsync(Plan(i, receipt));
            await ConfirmAsync(bench, i, ConfirmOutcome.Confirmed);
        }

        Decision last = (await bench.Store.ReserveAsync(Plan(3, receipt))).Decision!;
        await ConfirmAsync(bench, 3, ConfirmOutcome.Confirmed);
        Assert.Equal(
            last.CapClockTime.AddDays(7), (await bench.Store.ReserveAsync(Plan(4, Candidate(OneAWeek)))).Decision!.NextEligibleTime);

        bench.SetClock(Start.AddDays(30));
        await bench.Store.ReserveAsync(Plan(5, receipt));
        await ConfirmAsync(bench, 5, ConfirmOutcome.Confirmed);
        await bench.Store.ReserveAsync(Plan(6, receipt));
        Assert.Equal(ReleaseOutcome.Released, (await bench.Store.ReleaseAsync(Plan(6).Id!.Value)).Outcome);
        Assert.Equal(DecisionKind.NoAction, (await bench.Store.ReserveAsync(Plan(7, Candidate(OneAWeek)))).Decision!.Kind);
    }

    /// <summary>Two a day, with plans whose clock is right, a day off, and far off.</summary>
    internal static async Task PeriodAsync(StoreBench bench)
    {
        for (int i = 1; i <= 2; i++)
        {
            bench.SetClock(Start.AddHours(i));
            Assert.Equal("act", (await bench.Store.ReserveAsync(Plan(i, Candidate(TwoADay(Start))))).Decision!.Action);
            await ConfirmAsync(bench, i, ConfirmOutcome.Confirmed);
        }

        (int Request, int BoundsDay, DateTimeOffset Next)[] denied =
            [(3, 0, Start.AddDays(1)), (4, 1, Start.AddDays(1)), (5, 9, Start.AddDays(8))];
        foreach ((int request, int boundsDay, DateTimeOffset next) in denied)
        {
            Candidate mail = Candidate(TwoADay(Start.AddDays(boundsDay)));
            Assert.Equal(next, (await bench.Store.ReserveAsync(Plan(request, mail))).Decision!.NextEligibleTime);
        }

        Decision behind = (await bench.Store.ReserveAsync(Plan(6, Candidate(TwoADay(Start.AddDays(-2)))))).Decision!;
        Assert.Equal(behind.CapClockTime.AddDays(1), behind.NextEligibleTime);

        bench.SetClock(Start.AddDays(1).AddMinutes(1));
        Assert.Equal("act", (await bench.Store.ReserveAsync(Plan(7, Candidate(TwoADay(Start))))).Decision!.Action);
    }

    /// <summary>Beyond the window a cap keeps its last touches: the sequence rules look at them, and playbooks that widen it.</summary>
    internal static async Task KeepsLastTouchesAsync(StoreBench bench)
    {
        CapUse cap = Cap("keep/all", 3, TimeSpan.FromDays(1));
        for (int i = 1; i <= 25; i++)
        {
            bench.SetClock(Start.AddDays(2 * i));
            await bench.Store.ReserveAsync(Plan(i, Candidate(cap)));
            await ConfirmAsync(bench, i, ConfirmOutcome.Confirmed);
        }

        Assert.Equal(20, (await bench.Store.ReadAsync(Customer)).Caps.StampsOf(cap.Key).Count);
        Candidate wider = Candidate(cap with { Limit = 15, Window = TimeSpan.FromDays(31) });
        Assert.Equal(DecisionKind.NoAction, (await bench.Store.ReserveAsync(Plan(26, wider))).Decision!.Kind);

        // All that still count are kept, however many.
        bench.SetClock(Start.AddDays(60));
        Candidate receipt = Candidate(cap with { IsEnforced = false }) with { IsTransactional = true };
        for (int i = 30; i < 53; i++) await bench.Store.ReserveAsync(Plan(i, receipt));
        Assert.Equal(23, (await bench.Store.ReadAsync(Customer)).Caps.StampsOf(cap.Key).Count);
    }

    /// <summary>Consent is withdrawn after the fences were asked and before the places are taken for good.</summary>
    internal static async Task StateChangesUnderConfirmAsync(StoreBench bench)
    {
        bench.SetClock(Start);
        await bench.SetStateAsync(Customer, State());
        await bench.Store.ReserveAsync(Plan(1, Candidate(OneAWeek)));
        byte[] withdrawn = State(new ConsentPayload(Channel.Email, ConsentKind.Withdrawn));
        if (bench.Server is { } redis)
            redis.BetweenFenceAndConfirm = () => bench.SetStateAsync(Customer, withdrawn);
        else
            await bench.SetStateAsync(Customer, withdrawn);
        Assert.Equal(ConfirmOutcome.ConsentWithdrawn, (await bench.Store.ConfirmAsync(Plan(1).Id!.Value)).Outcome);
        Assert.Equal(DecisionStatus.Reserved, (await bench.Store.GetAsync(Plan(1).Id!.Value))!.Status);
    }

    /// <summary>The reservation expires after it was looked at and before the places are taken for good.</summary>
    internal static async Task ExpiresUnderConfirmAsync(StoreBench bench)
    {
        bench.SetClock(Start);
        await bench.SetStateAsync(Customer, State());
        await bench.Store.ReserveAsync(Plan(1, Candidate(OneAWeek)));
        void Late() => bench.SetClock(Start + (Hold * 2));
        if (bench.Server is { } redis)
            redis.BetweenFenceAndConfirm = () => Task.Run(Late);
        else
            Late();
        Assert.Equal(ConfirmOutcome.Expired, (await bench.Store.ConfirmAsync(Plan(1).Id!.Value)).Outcome);
        Assert.Empty((await bench.Store.ReadAsync(Customer)).Caps.StampsOf(OneAWeek.Key));
    }

    private static CapUse TwoADay(DateTimeOffset day)
    {
        long length = CapTime.ToMicros(TimeSpan.FromDays(1)), start = CapTime.ToMicros(day);
        return new CapUse(
            "day/all", 2, TimeSpan.Zero, true, CapPeriod.Day, new PeriodBounds(start - length, start, start + length, start + (2 * length)));
    }

    internal static Task RandomTimesAsync(StoreBench bench) => RandomTouches.RunAsync(bench, seed: 7, steps: 400);

    private static async Task ConfirmAsync(StoreBench bench, int request, ConfirmOutcome expected)
    {
        await bench.SetStateAsync(Customer, State());
        Assert.Equal(expected, (await bench.Store.ConfirmAsync(Plan(request).Id!.Value)).Outcome);
    }

    private static string Wire(Decision decision) =>
        DecisionWire.ToProto(decision, Core.Features.FeatureSchema.Default, isFull: true).ToString();
}
