using WinBack.Adapters.Kafka;
using WinBack.Adapters.Redis;
using WinBack.Core.Decisions;
using WinBack.Core.State;

namespace WinBack.Tests.Redis;

/// <summary>The commit script and the take-over on a real server.</summary>
public sealed class PartitionStoreTests : RedisServerTests
{
    private static readonly PartitionKeys Keys = new(0);
    private static readonly DateOnly Day = new(2026, 3, 1);

    private PartitionStore Store => new(Database, Keys);

    [Fact]
    public async Task TakeOver_EachTime_RaisesTheEpochAndKeepsTheOffsets()
    {
        Assert.Null(await Store.ReadWatermarkAsync());
        PartitionWatermark first = await Store.TakeOverAsync();
        Assert.Equal((1L, (uint)StateCodec.Version), (first.Epoch, first.Schema));
        PartitionWatermark moved = first.WithOffsets([1, 2, 3, 4, 5]);
        Assert.True((await Store.CommitAsync(first, new StateChunk(moved))).IsCommitted);
        PartitionWatermark second = await Store.TakeOverAsync();
        Assert.True(second.Equals(moved.WithEpoch(2, StateCodec.Version)));
        Assert.True(second.Equals((await Store.ReadWatermarkAsync())!));
    }

    [Fact]
    public async Task TakeOver_RedisForgotTheEpoch_GoesAboveTheOneHeld() =>
        Assert.Equal(18, (await Store.TakeOverAsync(above: 17)).Epoch);

    [Fact]
    public async Task TakeOver_ManyAtOnce_EachGetsAnEpochOfItsOwn()
    {
        PartitionWatermark[] taken = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => Task.Run(() => Store.TakeOverAsync())));
        Assert.Equal(Enumerable.Range(1, 20).Select(e => (long)e), taken.Select(t => t.Epoch).Order());
    }

    [Fact]
    public async Task TakeOver_StatesOfANewerBinary_IsRefused()
    {
        PartitionWatermark newer = PartitionWatermark.Cold(StateCodec.Version + 1u);
        await Store.CommitAsync(null, new StateChunk(newer));
        var e = await Assert.ThrowsAsync<StateFormatException>(() => Store.TakeOverAsync());
        Assert.Contains("update it", e.Message, StringComparison.Ordinal);
        Assert.True(newer.Equals((await Store.ReadWatermarkAsync())!));
    }

    [Fact]
    public async Task Commit_WatermarkHeld_WritesStatesCountersAndWatermark()
    {
        PartitionWatermark held = await Store.TakeOverAsync();
        StateChunk chunk = Chunk(held.WithOffsets([1, 1, 1, 1, 1]), "a", "b");
        Assert.True((await Store.CommitAsync(held, chunk)).IsCommitted);
        Assert.Equal([[1, 2, 0xff], [1, 2, 0xff], null], await Store.ReadStatesAsync(["a", "b", "c"]));
        Assert.True(chunk.Watermark.Equals((await Store.ReadWatermarkAsync())!));
        OutcomeCounts[] counts = (await Store.ReadAsync([], [Day, Day.AddDays(1)])).Counts;
        Assert.Equal([1, 0], counts.Select(c => c[FoldOutcome.Late]));
    }

    [Fact]
    public async Task Commit_OtherWatermark_ChangesNothing_AndTellsTheOneFound()
    {
        PartitionWatermark old = await Store.TakeOverAsync();
        PartitionWatermark found = await Store.TakeOverAsync();
        CommitResult refused = await Store.CommitAsync(old, Chunk(old.WithOffsets([1, 1, 1, 1, 1]), "a"));
        Assert.False(refused.IsCommitted);
        Assert.True(found.Equals(refused.Found!));
        Assert.Equal([null], await Store.ReadStatesAsync(["a"]));
        Assert.Equal(1, await Database.ExecuteAsync("DBSIZE").ContinueWith(t => (long)t.Result));
    }

    [Fact]
    public async Task Commit_WatermarkGone_ChangesNothing_AndFindsNone()
    {
        PartitionWatermark held = await Store.TakeOverAsync();
        await Database.KeyDeleteAsync(Keys.Watermark);
        CommitResult refused = await Store.CommitAsync(held, Chunk(held, "a"));
        Assert.Equal((false, null), (refused.IsCommitted, refused.Found));
        Assert.Equal(0, await Database.ExecuteAsync("DBSIZE").ContinueWith(t => (long)t.Result));
    }

    [Fact]
    public async Task ReadStates_AnotherTookOver_TellsItsWatermark()
    {
        PartitionWatermark held = await Store.TakeOverAsync();
        Assert.True(held.Equals((await Store.ReadAsync(["a"], [])).Watermark!));
        PartitionWatermark others = await Store.TakeOverAsync();
        var states = new StateCache(Store, maxStates: 10);
        Assert.True(others.Equals((await states.LoadAsync(["a"], [], held))!));
        await Database.KeyDeleteAsync(Keys.Watermark);
        Assert.Null(await states.LoadAsync([], [Day], held));
    }

    [Fact]
    public async Task StatesBeyondTheBound_ThoseNotAskedForLately_AreReadAgain()
    {
        PartitionWatermark held = await Store.TakeOverAsync();
        var states = new StateCache(Store, maxStates: 4);
        await states.LoadAsync(["a", "b"], [], held);
        // As if they had been folded on since: what is kept stays, what is read again is as in Redis.
        (states["a"], states["b"]) = ([1], [2]);
        await states.LoadAsync(["c"], [], held);
        await states.LoadAsync(["a"], [], held);
        Assert.Equal([1], states["a"]);
        await states.LoadAsync(["d"], [], held);
        await states.LoadAsync(["b"], [], held);
        Assert.Null(states["b"]);
    }

    [Fact]
    public async Task NoStatesToKeep_EachLoad_ReadsAgain()
    {
        PartitionWatermark held = await Store.TakeOverAsync();
        var states = new StateCache(Store, maxStates: 0);
        await states.LoadAsync(["a"], [], held);
        states["a"] = [1];
        await states.LoadAsync(["a"], [], held);
        Assert.Null(states["a"]);
    }

    /// <summary>A call sent again after its answer was lost finds the watermark that it wrote.</summary>
    [Fact]
    public async Task Commit_SentTwice_CountsOnce_AndFindsItsOwnWatermark()
    {
        PartitionWatermark held = await Store.TakeOverAsync();
        StateChunk chunk = Chunk(held.WithOffsets([1, 1, 1, 1, 1]), "a");
        await Store.CommitAsync(held, chunk);
        CommitResult again = await Store.CommitAsync(held, chunk);
        Assert.False(again.IsCommitted);
        Assert.True(chunk.Watermark.Equals(again.Found!));
        Assert.Equal("late=1", await Database.StringGetAsync(Keys.Metrics(Day)));
    }

    [Fact]
    public async Task Commit_ScriptCacheLost_IsSentWithItsText()
    {
        PartitionWatermark held = await Store.TakeOverAsync();
        await Database.ExecuteAsync("SCRIPT", "FLUSH");
        Assert.True((await Store.CommitAsync(held, Chunk(held.WithOffsets([1, 1, 1, 1, 1]), "a"))).IsCommitted);
    }

    private static StateChunk Chunk(PartitionWatermark watermark, params string[] customers)
    {
        var chunk = new StateChunk(watermark);
        foreach (string customer in customers) chunk.Put(customer, [1, 2, 0xff]);
        var counts = new OutcomeCounts();
        counts.Add(FoldOutcome.Late);
        chunk.Put(Day, counts);
        return chunk;
    }
}
