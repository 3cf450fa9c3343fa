using WinBack.Core.Events;
using WinBack.Core.State;

namespace WinBack.Tests.State;

public sealed class CustomerFoldTests
{
    private static readonly DateTimeOffset Noon = FoldBench.Noon;

    [Fact]
    public void Apply_HugeAmounts_StopAtTheLargestNumber_InAnyOrder()
    {
        BillingPayload[] purchases = [FoldBench.Purchase(long.MaxValue), FoldBench.Purchase(5), FoldBench.Purchase(long.MaxValue - 1)];
        foreach (int[] order in (int[][])[[0, 1, 2], [2, 1, 0], [1, 2, 0]])
        {
            var bench = new FoldBench();
            foreach (int i in order) bench.Add(purchases[i], Noon, Noon, EventStream.Billing, $"e{i}");
            Assert.Equal(long.MaxValue, bench.State.Lifetime[TileCounter.PurchaseMicros]);
            Assert.Equal(3, bench.State.Lifetime[TileCounter.Purchases]);
            long[] sums = new long[32];
            bench.State.Days.Sum(0, int.MaxValue, sums);
            bench.State.Days.Sum(0, int.MaxValue, sums);
            Assert.Equal(long.MaxValue, sums[(int)TileCounter.PurchaseMicros]);
        }
    }

    [Fact]
    public void Apply_HugeUses_StopAtTheLargestNumber()
    {
        var bench = new FoldBench();
        for (int i = 0; i < 3; i++) bench.Add(new UsagePayload("f", long.MaxValue / 2, 0, 0), Noon);
        Assert.Equal(long.MaxValue, Assert.Single(bench.State.FeatureUses.Uses.ToArray()).Uses);
    }

    [Fact]
    public void Apply_EventsFrom1970To9999_AreKept()
    {
        var bench = new FoldBench(new FoldOptions { Horizon = TimeSpan.FromDays(30) });
        var last = DateTimeOffset.FromUnixTimeMilliseconds(253_402_300_799_999);
        bench.Add(new LoginPayload(""), DateTimeOffset.UnixEpoch);
        bench.Add(new LoginPayload(""), last);
        CustomerState state = StateCodec.Decode(bench.Blob);
        Assert.Equal((0, 253_402_300_799_999), (state.Instants[Instant.FirstEvent], state.Instants[Instant.LastEvent]));
        Assert.Equal(2, state.Lifetime[TileCounter.Logins]);
        Assert.Equal(1, state.Days.Count);
    }

    [Theory]
    [InlineData(ConsentKind.Granted, ConsentKind.Withdrawn)]
    [InlineData(ConsentKind.Granted, ConsentKind.Complaint)]
    public void Apply_GrantAndWithdrawalAtOnce_WithdrawalWins(ConsentKind grant, ConsentKind withdrawal)
    {
        for (int i = 0; i < 20; i++)
        {
            // Other ids each time, so that their order cannot be what decides.
            var bench = new FoldBench();
            ConsentKind[] order = i % 2 == 0 ? [grant, withdrawal] : [withdrawal, grant];
            foreach (ConsentKind kind in order) bench.Add(new ConsentPayload(Channel.Push, kind), Noon, Noon, id: $"{kind}{i}");
            Assert.Equal(Consent.Withdrawn, bench.State.Facts.ConsentOf(Channel.Push));
            Assert.Equal(Consent.Unknown, bench.State.Facts.ConsentOf(Channel.Email));
        }
    }

    [Fact]
    public void Apply_BouncedAndReachableAtOnce_BouncedWins()
    {
        var bench = new FoldBench();
        bench.Add(new ConsentPayload(Channel.Push, ConsentKind.AddressBounced), Noon);
        bench.Add(new ConsentPayload(Channel.Push, ConsentKind.AddressReachable), Noon);
        Assert.Equal(AddressStatus.Bounced, bench.State.Facts.AddressOf(Channel.Push));
        bench.Add(new ConsentPayload(Channel.Push, ConsentKind.AddressReachable), Noon.AddSeconds(1));
        Assert.Equal(AddressStatus.Reachable, bench.State.Facts.AddressOf(Channel.Push));
    }

    [Fact]
    public void Apply_OlderFactAfterNewer_NewerStays()
    {
        var bench = new FoldBench();
        bench.Add(new ProfilePayload("Europe/London", null, ValueTier.High, null, null), Noon);
        bench.Add(new ProfilePayload("Asia/Tokyo", "ja", ValueTier.Low, null, null), Noon.AddHours(-1));
        Assert.Equal("Europe/London", bench.State.Facts.Text(Fact.TimeZone));
        Assert.Equal("ja", bench.State.Facts.Text(Fact.Language));
        Assert.Equal((long)ValueTier.High, bench.State.Facts.Number(Fact.ValueTier));
    }

    /// <summary>Activity ends a lapse and re-engagement a sequence, so which events count is a decision worth a table.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Apply_EachKind_CountsAsActivityAndReengagementAsStated(EventPayload payload, bool isActivity, bool isReengagement)
    {
        var bench = new FoldBench();
        bench.Add(payload, Noon);
        Assert.Equal(isActivity, bench.State.Instants.Has(Instant.LastActivity));
        Assert.Equal(isReengagement, bench.State.Instants.Has(Instant.LastReengaged));
        Assert.Equal(Noon.ToUnixTimeMilliseconds(), bench.State.Instants[Instant.LastEvent]);
    }

    public static TheoryData<EventPayload, bool, bool> Kinds => new()
    {
        { new LoginPayload(""), true, true },
        { new UsagePayload("f", 1, 0, 0), true, false },
        { FoldBench.Purchase(1), true, true },
        { Billing(BillingKind.Payment), false, false },
        { Billing(BillingKind.Refund), false, false },
        { Billing(BillingKind.FailedPayment), false, false },
        { Billing(BillingKind.PlanChange), false, false },
        { new ViewedPayload("p", ""), true, false },
        { new CartPayload(CartStatus.Updated, 1, 1), true, false },
        { new CartPayload(CartStatus.Abandoned, 1, 1), false, false },
        { new CartPayload(CartStatus.CheckedOut, 1, 1), true, false },
        { new SupportCasePayload(IsClosed: false, 0), true, false },
        { new SupportCasePayload(IsClosed: true, 5), false, false },
        { new LoyaltyPayload(5), false, false },
        { new ConsentPayload(Channel.Sms, ConsentKind.Granted), false, false },
        { new ProfilePayload(null, null, ValueTier.None, null, null), false, false },
        { new LifecyclePayload(LifecycleKind.SignedUp, LapseReason.None, ""), false, false },
        { new LifecyclePayload(LifecycleKind.Cancelled, LapseReason.Price, "dear"), false, false },
        { new LifecyclePayload(LifecycleKind.Reactivated, LapseReason.None, ""), true, true },
        { new OutcomePayload("d", OutcomeKind.Sent, Channel.Sms, 0), false, false },
        { new OutcomePayload("d", OutcomeKind.Opened, Channel.Sms, 0), false, false },
        { new OutcomePayload("d", OutcomeKind.Clicked, Channel.Sms, 0), true, false },
        { new OutcomePayload("d", OutcomeKind.Replied, Channel.Sms, 0), true, false },
    };

    private static BillingPayload Billing(BillingKind kind) => new(kind, 1, 0, "", "", "", null);
}
