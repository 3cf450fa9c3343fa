using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.State;
using WinBack.Tests.State;

namespace WinBack.Tests.Decisions;

public sealed class EventPipelineTests
{
    private static readonly DateTimeOffset Noon = FoldBench.Noon;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private static readonly FoldOptions Options = new();

    [Fact]
    public void Screen_RecordWithAFault_IsADeadLetter()
    {
        var record = new EventRecord(EventStream.Login, 0, 0, Noon, null, RecordFault.Undecodable, "x");
        Assert.Equal(FoldOutcome.DeadLetter, new EventPipeline(Options).Screen(ref record));
        Assert.Equal((RecordFault.Undecodable, "x"), (record.Fault, record.FaultDetail));
    }

    [Fact]
    public void Screen_EventAheadOfItsRecord_IsQuarantinedBeyondTheTolerance()
    {
        EventRecord edge = Login(Noon + Options.FutureTolerance), beyond = Login(Noon + Options.FutureTolerance + Tick);
        Assert.Null(new EventPipeline(Options).Screen(ref edge));
        Assert.Equal(FoldOutcome.DeadLetter, new EventPipeline(Options).Screen(ref beyond));
        Assert.Equal(RecordFault.FutureEvent, beyond.Fault);
        Assert.Contains("event_time", beyond.FaultDetail, StringComparison.Ordinal);
    }

    [Fact]
    public void Fold_EventAtTheHorizon_IsFolded_AndOneBehindItIsLate()
    {
        var bench = new FoldBench();
        bench.Add(new LoginPayload(""), Noon, EventStream.Login);
        Assert.Equal(FoldOutcome.Folded, bench.Add(new LoginPayload(""), Noon - Options.Horizon, Noon, EventStream.Login));
        Assert.Equal(FoldOutcome.Late, bench.Add(new LoginPayload(""), Noon - Options.Horizon - Tick, Noon, EventStream.Login));
        Assert.Equal(2, bench.State.Lifetime[TileCounter.Logins]);
    }

    /// <summary>Streams are read at different speeds, so what one has seen must not make the events of another late.</summary>
    [Fact]
    public void Fold_EventBehindTheHorizonOfAnotherStream_IsFolded()
    {
        var bench = new FoldBench();
        bench.Add(new LoginPayload(""), Noon.AddDays(30), EventStream.Login);
        Assert.Equal(FoldOutcome.Folded, bench.Add(new UsagePayload("f", 1, 0, 0), Noon, EventStream.Usage));
        Assert.Equal(FoldOutcome.Late, bench.Add(new LoginPayload(""), Noon, EventStream.Login));
    }

    /// <summary>The horizon is that of the newest record, even when a later record carries an earlier time stamp.</summary>
    [Fact]
    public void Fold_RecordClockJumpsBack_HorizonStays()
    {
        var bench = new FoldBench();
        bench.Add(new LoginPayload(""), Noon, EventStream.Login);
        DateTimeOffset before = Noon.AddDays(-10);
        Assert.Equal(FoldOutcome.Late, bench.Add(new LoginPayload(""), before, before, EventStream.Login));
        Assert.Equal(FoldOutcome.Folded, bench.Add(new LoginPayload(""), Noon.AddDays(-1), before.AddDays(9), EventStream.Login));
    }

    [Fact]
    public void Fold_SameIdAgain_IsADuplicateOnItsStreamOnly()
    {
        var bench = new FoldBench();
        Assert.Equal(FoldOutcome.Folded, bench.Add(new LoginPayload(""), Noon, Noon, EventStream.Login, "x"));
        byte[] once = bench.Blob;
        Assert.Equal(FoldOutcome.Duplicate, bench.Add(new LoginPayload("other"), Noon, Noon, EventStream.Login, "x"));
        Assert.Equal(once, bench.Blob);
        Assert.Equal(FoldOutcome.Folded, bench.Add(new LoginPayload(""), Noon, Noon, EventStream.Usage, "x"));
    }

    [Fact]
    public void Fold_DuplicateBehindTheHorizon_IsLate_AndNeverCountedAgain()
    {
        var bench = new FoldBench();
        bench.Add(new LoginPayload(""), Noon, Noon, EventStream.Login, "x");
        bench.Add(new LoginPayload(""), Noon.AddDays(5), EventStream.Login);
        Assert.Equal(FoldOutcome.Late, bench.Add(new LoginPayload(""), Noon, Noon.AddDays(5), EventStream.Login, "x"));
        Assert.Equal(2, bench.State.Lifetime[TileCounter.Logins]);
    }

    [Fact]
    public void Fold_UnknownKind_LeavesTheStateAsItIs()
    {
        var bench = new FoldBench();
        bench.Add(new LoginPayload(""), Noon, EventStream.Login);
        byte[] before = bench.Blob;
        Assert.Equal(FoldOutcome.UnknownKind, bench.Add(UnknownPayload.Instance, Noon.AddDays(9), EventStream.Login));
        Assert.Equal(before, bench.Blob);
    }

    [Fact]
    public void Fold_ErasedCustomer_KeepsNothingOfWhatFollows()
    {
        var bench = new FoldBench();
        bench.Add(new LoginPayload(""), Noon, EventStream.Login);
        Assert.Equal(FoldOutcome.Folded, bench.Add(Erasure(), Noon));
        foreach (EventPayload payload in (EventPayload[])[new LoginPayload(""), Erasure(), UnknownPayload.Instance, FoldBench.Purchase(1)])
            Assert.Equal(FoldOutcome.Erased, bench.Add(payload, Noon.AddDays(1)));
        Assert.True(bench.State.IsErased);
        Assert.Equal([StateCodec.Version, 1], bench.Blob);
    }

    /// <summary>A request to be forgotten that got stuck for a month still is one (rules C1).</summary>
    [Fact]
    public void Fold_LateErasure_StillErases()
    {
        var bench = new FoldBench();
        bench.Add(new LoginPayload(""), Noon);
        Assert.Equal(FoldOutcome.Late, bench.Add(Erasure(), Noon.AddDays(-30), Noon));
        Assert.True(bench.State.IsErased);
    }

    [Fact]
    public void Fold_LateWithdrawal_StillWithdraws()
    {
        var bench = new FoldBench();
        bench.Add(new ConsentPayload(Channel.Sms, ConsentKind.Granted), Noon.AddDays(-40));
        bench.Add(new LoginPayload(""), Noon);
        Assert.Equal(
            FoldOutcome.Late, bench.Add(new ConsentPayload(Channel.Sms, ConsentKind.Withdrawn), Noon.AddDays(-30), Noon));
        Assert.Equal(Consent.Withdrawn, bench.State.Facts.ConsentOf(Channel.Sms));
    }

    [Fact]
    public void Fold_LateUnsubscription_StillWithdraws()
    {
        var bench = new FoldBench();
        bench.Add(new LoginPayload(""), Noon);
        Assert.Equal(
            FoldOutcome.Late, bench.Add(new OutcomePayload("d", OutcomeKind.Unsubscribed, Channel.Email, 0), Noon.AddDays(-30), Noon));
        Assert.Equal(Consent.Withdrawn, bench.State.Facts.ConsentOf(Channel.Email));
    }

    /// <summary>What is late takes effect by its own time: it does not undo what was said after it.</summary>
    [Fact]
    public void Fold_LateWithdrawalBeforeAGrant_LeavesTheGrant()
    {
        var bench = new FoldBench();
        bench.Add(new ConsentPayload(Channel.Sms, ConsentKind.Granted), Noon);
        bench.Add(new ConsentPayload(Channel.Sms, ConsentKind.Withdrawn), Noon.AddDays(-30), Noon);
        Assert.Equal(Consent.Granted, bench.State.Facts.ConsentOf(Channel.Sms));
    }

    [Fact]
    public void Fold_LatePurchase_ChangesNothingButTheHorizon()
    {
        var bench = new FoldBench();
        bench.Add(new LoginPayload(""), Noon);
        byte[] before = bench.Blob;
        bench.Add(FoldBench.Purchase(5), Noon.AddDays(-30), Noon);
        Assert.Equal(before, bench.Blob);
    }

    [Fact]
    public void Fold_MoreIdsThanAreKept_OldestInstantGoesLate()
    {
        var bench = new FoldBench(new FoldOptions { MaxRecentIds = 16 });
        for (int i = 0; i < 17; i++) bench.Add(
            new LoginPayload(""), Noon.AddSeconds(i), Noon.AddSeconds(i), EventStream.Login, $"x{i}");
        Assert.Equal(FoldOutcome.Late, bench.Add(new LoginPayload(""), Noon, Noon.AddSeconds(17), EventStream.Login, "x0"));
        Assert.Equal(
            FoldOutcome.Duplicate, bench.Add(new LoginPayload(""), Noon.AddSeconds(1), Noon.AddSeconds(17), EventStream.Login, "x1"));
        Assert.Equal(17, bench.State.Lifetime[TileCounter.Logins]);
    }

    /// <summary>All ids of one instant are given up together: to keep some would let the others in twice.</summary>
    [Fact]
    public void Fold_MoreIdsOfOneInstantThanAreKept_AllGoLate()
    {
        var bench = new FoldBench(new FoldOptions { MaxRecentIds = 16 });
        for (int i = 0; i < 17; i++) bench.Add(new LoginPayload(""), Noon, Noon, EventStream.Login, $"x{i}");
        for (int i = 0; i < 17; i++)
            Assert.Equal(FoldOutcome.Late, bench.Add(new LoginPayload(""), Noon, Noon, EventStream.Login, $"x{i}"));
        Assert.Equal(17, bench.State.Lifetime[TileCounter.Logins]);
    }

    private static LifecyclePayload Erasure() => new(LifecycleKind.Erased, LapseReason.None, "");

    private static EventRecord Login(DateTimeOffset happened) =>
        new(EventStream.Login, 0, 0, Noon, new CustomerEvent(new EventId("e"), new CustomerId("c"), happened, "", new LoginPayload("")));
}
