using WinBack.Core.Caps;
using WinBack.Core.Decisions;
using WinBack.Core.Policy;
using static WinBack.IntegrationTests.Caps.Touches;

namespace WinBack.IntegrationTests.Caps;

/// <summary>What every decision store must make of outcomes (rules C2, C3); run as <see cref="StoreChecks"/> are.</summary>
internal static class OutcomeChecks
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>What holds a place of a confirmed touch, by what was heard of it, in the order of the caps below.</summary>
    private static readonly (TouchEvidence[] Heard, bool Reserved, bool Sent, bool Delivered)[] Cases =
    [
        ([], true, true, true),
        ([TouchEvidence.Failed], true, false, false),
        ([TouchEvidence.Sent, TouchEvidence.Failed], true, true, false),
        ([TouchEvidence.Failed, TouchEvidence.Sent], true, true, false),
        ([TouchEvidence.Delivered, TouchEvidence.Failed], true, true, true),
        ([TouchEvidence.Failed, TouchEvidence.Delivered], true, true, true),
        ([TouchEvidence.Failed, TouchEvidence.Shown], true, true, true),
    ];

    internal static async Task FailedAsync(StoreBench bench)
    {
        bench.SetClock(Start);
        for (int i = 0; i < Cases.Length; i++)
        {
            (TouchEvidence[] heard, bool reserved, bool sent, bool delivered) = Cases[i];
            CapUse[] caps = [Of($"r{i}/all", CapUnit.Reserved), Of($"s{i}/all", CapUnit.Sent), Of($"d{i}/all", CapUnit.Delivered)];
            await SendAsync(bench, i, caps);
            for (int again = 0; again < 2; again++)
                foreach (TouchEvidence evidence in heard)
                    Assert.Equal(1, await bench.Store.HearAsync(Customer, [Outcome(i, evidence)]));
            CapLedger ledger = (await bench.Store.ReadAsync(Customer)).Caps;
            Assert.Equal([reserved, sent, delivered], caps.Select(cap => ledger.StampsOf(cap.Key).Count == 1));
        }

        // The place that came back can be taken, and only once.
        Candidate mail = Candidate(Of("s1/all", CapUnit.Sent));
        Assert.Equal(DecisionKind.Action, (await bench.Store.ReserveAsync(Plan(100, mail))).Decision!.Kind);
        await bench.Store.HearAsync(Customer, [Outcome(1, TouchEvidence.Failed)]);
        Assert.Equal(DecisionKind.NoAction, (await bench.Store.ReserveAsync(Plan(101, mail))).Decision!.Kind);
    }

    /// <summary>The first impression takes the touch's own place along to its time; each further one is a place more.</summary>
    internal static async Task ImpressionsAsync(StoreBench bench)
    {
        bench.SetClock(Start);
        CapUse cap = Of("seen/all", CapUnit.Impression) with { Limit = 3 };
        await SendAsync(bench, 1, cap);
        for (int again = 0; again < 2; again++)
        {
            await bench.Store.HearAsync(Customer, [Outcome(1, TouchEvidence.Shown, 5, hours: 30), Outcome(1, TouchEvidence.Shown, 6, hours: 10)]);
            CapLedger ledger = (await bench.Store.ReadAsync(Customer)).Caps;
            Assert.Empty(ledger.StampsOf(cap.Key));
            Assert.Equal([6UL, 5UL], ledger.ImpressionsOf(cap.Key).Select(i => i.EventHash));
        }

        bench.SetClock(Start.AddDays(2));
        await SendAsync(bench, 2, cap);
        Decision full = (await bench.Store.ReserveAsync(Plan(3, Candidate(cap)))).Decision!;
        Assert.Equal(Start.AddHours(10) + Week, full.NextEligibleTime);
        // It was not seen, so it takes no place; what was seen stays.
        await bench.Store.HearAsync(Customer, [Outcome(2, TouchEvidence.Failed)]);
        Assert.Equal(DecisionKind.Action, (await bench.Store.ReserveAsync(Plan(4, Candidate(cap)))).Decision!.Kind);

        // More than are kept: the latest stay, whatever is told again.
        TouchOutcome[] many = [.. Enumerable.Range(0, 200).Select(i => Outcome(1, TouchEvidence.Shown, i, hours: 50 + i))];
        await bench.Store.HearAsync(Customer, many);
        await bench.Store.HearAsync(Customer, [.. many.Reverse()]);
        Assert.Equal(
            many[^Impression.Most..].Select(o => o.TimeMicros),
            (await bench.Store.ReadAsync(Customer)).Caps.ImpressionsOf(cap.Key).Select(i => i.TimeMicros));
    }

    /// <summary>What is only reserved may still be sent, whatever was heard; what was given back stays so.</summary>
    internal static async Task OpenAsync(StoreBench bench)
    {
        bench.SetClock(Start);
        await bench.SetStateAsync(Customer, State());
        CapUse cap = Of("open/all", CapUnit.Delivered);
        await bench.Store.ReserveAsync(Plan(1, Candidate(cap)));
        await bench.Store.HearAsync(Customer, [Outcome(1, TouchEvidence.Failed)]);
        Assert.Equal(DecisionKind.NoAction, (await bench.Store.ReserveAsync(Plan(2, Candidate(cap)))).Decision!.Kind);
        Assert.Equal(ConfirmOutcome.Confirmed, (await bench.Store.ConfirmAsync(Plan(1).Id!.Value)).Outcome);
        Assert.Equal(DecisionKind.Action, (await bench.Store.ReserveAsync(Plan(3, Candidate(cap)))).Decision!.Kind);
        await bench.Store.ReleaseAsync(Plan(3).Id!.Value);
        Assert.Equal(0, await bench.Store.HearAsync(Customer, [Outcome(3, TouchEvidence.Delivered)]));
        Assert.Empty((await bench.Store.ReadAsync(Customer)).Caps.StampsOf(cap.Key));
    }

    /// <summary>A touch is kept while its outcomes matter, and no longer.</summary>
    internal static async Task ForgottenAsync(StoreBench bench)
    {
        bench.SetClock(Start);
        await SendAsync(bench, 1, Of("week/all", CapUnit.Sent));
        await SendAsync(bench, 2, Of("seen/all", CapUnit.Impression));
        bench.SetClock(Start + Week + TimeSpan.FromMinutes(1));
        await SendAsync(bench, 3, Of("week/all", CapUnit.Sent));
        Assert.Equal([Request(2), Request(3)], (await bench.Store.ReadAsync(Customer)).Caps.CountedTouches.Keys.Order());
        Assert.Equal(0, await bench.Store.HearAsync(Customer, [Outcome(1, TouchEvidence.Failed)]));
    }

    private static async Task SendAsync(StoreBench bench, int request, params CapUse[] caps)
    {
        await bench.SetStateAsync(Customer, State());
        Assert.Equal(DecisionKind.Action, (await bench.Store.ReserveAsync(Plan(request, Candidate(caps)))).Decision!.Kind);
        Assert.Equal(ConfirmOutcome.Confirmed, (await bench.Store.ConfirmAsync(Plan(request).Id!.Value)).Outcome);
    }

    private static CapUse Of(string key, CapUnit counts) => Cap(key, 1, Week) with { Counts = counts };

    private static TouchOutcome Outcome(int request, TouchEvidence evidence, int number = 0, double hours = 1) =>
        new(Request(request), evidence, CapTime.ToMicros(Start.AddHours(hours)), (ulong)number);
}
