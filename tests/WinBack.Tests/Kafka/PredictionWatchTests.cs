using System.Text;
using Confluent.Kafka;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using WinBack.Adapters.Kafka;
using WinBack.Adapters.Redis;
using WinBack.Core.Events;
using WinBack.Core.Models;
using WinBack.Core.State;
using WinBack.Tests.Redis;
using WinBack.Tests.State;
using LuaScript = WinBack.Adapters.Redis.LuaScript;

namespace WinBack.Tests.Kafka;

/// <summary>Predictions of one partition in a real Redis, from the outbox to their label: once each, whatever is told twice.</summary>
public sealed class PredictionWatchTests : HeldPartitionTests
{
    private const int KeptDays = 40;
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly CalibrationOptions Options = new() { Window = TimeSpan.FromDays(1), MaxHorizon = TimeSpan.FromDays(30) };
    private static readonly TimeSpan Settling = TimeSpan.FromDays(2);
    private readonly SetClock _clock = new() { Now = Start };

    [Fact]
    public async Task Told_AgainAndAgain_CountsOnce()
    {
        PredictionWatch watch = await WatchAsync();
        for (int i = 0; i < 3; i++)
        {
            await watch.TakeAsync(Decision("anna", Start, 0.5), Held);
            // Asked again on the same day: the first decision stands.
            await watch.TakeAsync(Decision("anna", Start.AddHours(3), 0.9), Held);
            foreach (double days in new[] { 7.0, 5, 9 }) await NoteAsync(watch, "anna", days);
            // A worker that died before the watermark passed all this; its successor is told again.
            watch = await WatchAsync();
        }

        await VouchAsync(watch, Held, Start.AddDays(33));
        PredictionSample sample = Assert.Single(await ReadAsync());
        Assert.Equal((Start, Start.AddDays(5), Start.AddDays(33)), (sample.Time, sample.FirstActivity!.Value, sample.FoldedUntil));
        Assert.Equal(0.5, Assert.Single(sample.Predictions).Probability);
    }

    /// <summary>The tests above would fail without what makes the scripts repeatable.</summary>
    [Theory]
    [InlineData("sample", "redis.call('HSETNX', KEYS[2], ARGV[2], ARGV[3]) == 1", "redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])")]
    [InlineData("mark", "(not known or tonumber(time) < tonumber(known))", "true")]
    public async Task Told_WithoutAGuard_IsAnotherLabel(string script, string guard, string instead)
    {
        LuaScript mutant = new LuaScript(script).Without(guard, instead);
        PredictionStore store = script == "sample"
            ? new(Database, Keys, KeptDays) { Sample = mutant }
            : new(Database, Keys, KeptDays) { Mark = mutant };
        PredictionWatch watch = await WatchAsync(store);
        await watch.TakeAsync(Decision("anna", Start, 0.5), Held);
        await NoteAsync(watch, "anna", 5);
        // Nothing is known here of what was told to another worker.
        PredictionWatch other = new(store, Options, 100, _clock);
        await other.TakeAsync(Decision("anna", Start.AddHours(3), 0.9), Held);
        await NoteAsync(other, "anna", 7);
        await VouchAsync(watch, Held, Start.AddDays(33));
        PredictionSample sample = Assert.Single(await ReadAsync());
        Assert.NotEqual((Start, Start.AddDays(5)), (sample.Time, sample.FirstActivity));
    }

    /// <summary>A worker that was replaced must not keep predictions of whose customers its successor does not know.</summary>
    [Fact]
    public async Task Zombie_KeepsNothing_ItsSuccessorDoes()
    {
        PredictionWatch zombie = await WatchAsync();
        PartitionWatermark next = await new PartitionStore(Database, Keys).TakeOverAsync();
        PredictionWatch successor = await WatchAsync();
        await zombie.TakeAsync(Decision("anna", Start, 0.5), Held);
        Assert.True(zombie.IsEmpty);
        Assert.False(await VouchAsync(zombie, Held, Start.AddDays(33)));
        await successor.TakeAsync(Decision("anna", Start, 0.5), next);
        await NoteAsync(successor, "anna", 1);
        Assert.True(await VouchAsync(successor, next, Start.AddDays(33)));
        Assert.Equal(Start.AddDays(1), Assert.Single(await ReadAsync()).FirstActivity);
    }

    /// <summary>Without the comparison of epochs the successor misses the activity, and the label is wrong.</summary>
    [Fact]
    public async Task Zombie_WithoutItsFence_LeavesAWrongLabel()
    {
        LuaScript mutant = new LuaScript("sample").Without("string.sub(redis.call('GET', KEYS[1]) or '', 1, 8) ~= ARGV[1]", "false");
        PredictionWatch zombie = await WatchAsync(new PredictionStore(Database, Keys, KeptDays) { Sample = mutant });
        PartitionWatermark next = await new PartitionStore(Database, Keys).TakeOverAsync();
        PredictionWatch successor = await WatchAsync();
        await zombie.TakeAsync(Decision("anna", Start, 0.5), Held);
        await NoteAsync(successor, "anna", 1);
        await VouchAsync(successor, next, Start.AddDays(33));
        Assert.Null(Assert.Single(await ReadAsync()).FirstActivity);
    }

    /// <summary>The decision lay in the outbox while an event that came after it was folded.</summary>
    [Fact]
    public async Task Take_ActivityWasFoldedBefore_IsToldFromTheState()
    {
        foreach ((string customer, double hours) in new[] { ("anna", 1.0), ("berta", -1) })
        {
            var bench = new FoldBench();
            bench.Add(new LoginPayload(""), Start.AddHours(hours));
            await Database.StringSetAsync(Keys.State(customer), bench.Blob);
        }

        PredictionWatch watch = await WatchAsync();
        foreach (string customer in new[] { "anna", "berta" }) await watch.TakeAsync(Decision(customer, Start, 0.5), Held);
        await VouchAsync(watch, Held, Start);
        Dictionary<ulong, PredictionSample> samples = (await ReadAsync()).ToDictionary(s => s.Customer);
        Assert.Equal(Start.AddHours(1), samples[SampleDays.KeyOf("anna")].FirstActivity);
        Assert.Null(samples[SampleDays.KeyOf("berta")].FirstActivity);
    }

    [Fact]
    public async Task Take_MoreThanADayHolds_KeepsTheSameWhateverTheirOrder()
    {
        string[] customers = [.. Enumerable.Range(0, 30).Select(i => $"customer-{i}")];
        ulong[] lowest = [.. customers.Select(SampleDays.KeyOf).Order().Take(7)];
        foreach (int seed in new[] { 1, 2 })
        {
            await Database.KeyDeleteAsync(Keys.Predictions(SampleDays.Of(Start)));
            new Random(seed).Shuffle(customers);
            var watch = new PredictionWatch(new PredictionStore(Database, Keys, KeptDays), Options, perDay: 7, _clock);
            foreach (string customer in customers)
            {
                await watch.TakeAsync(Decision(customer, Start, 0.5), Held);
                await NoteAsync(watch, customer, 1);
            }

            await VouchAsync(watch, Held, Start);
            PredictionSample[] kept = [.. await ReadAsync()];
            Assert.Equal(lowest, kept.Select(s => s.Customer).Order());
            // Whoever gave way left no mark either.
            Assert.All(kept, sample => Assert.NotNull(sample.FirstActivity));
            Assert.Equal(14, await Database.HashLengthAsync(Keys.Predictions(SampleDays.Of(Start))));
        }
    }

    [Fact]
    public async Task Take_AnotherDayOrTooOld_KeepsNothing()
    {
        var options = new CalibrationOptions { Window = TimeSpan.FromDays(10) };
        var watch = new PredictionWatch(new PredictionStore(Database, Keys, KeptDays), options, 1_000, _clock);
        string[] customers = [.. Enumerable.Range(0, 200).Select(i => $"customer-{i}")];
        foreach (string customer in customers) await watch.TakeAsync(Decision(customer, Start, 0.5), Held);
        await VouchAsync(watch, Held, Start);
        Assert.Equal(
            customers.Select(SampleDays.KeyOf).Where(key => SampleDays.IsDayOf(key, SampleDays.Of(Start), 10)).Order(),
            (await ReadAsync()).Select(s => s.Customer).Order());

        _clock.Now = Start.AddDays(1).AddMinutes(1);
        PredictionWatch late = await WatchAsync(new PredictionStore(Database, new PartitionKeys(1), KeptDays));
        await late.TakeAsync(Decision("anna", Start, 0.5), Held);
        Assert.True(late.IsEmpty);
    }

    [Fact]
    public async Task Forget_LeavesNoPredictionAndNoMark()
    {
        PredictionWatch watch = await WatchAsync();
        foreach (string customer in new[] { "anna", "berta" }) await watch.TakeAsync(Decision(customer, Start, 0.5), Held);
        await watch.ForgetAsync("anna");
        await NoteAsync(watch, "anna", 1);
        // Who knows of her still, tells it in vain.
        await new PredictionStore(Database, Keys, KeptDays).MarkAsync([new ActivityMark(SampleDays.KeyOf("anna"), SampleDays.Of(Start), 1)]);
        await VouchAsync(watch, Held, Start);
        Assert.Equal(SampleDays.KeyOf("berta"), Assert.Single(await ReadAsync()).Customer);
        Assert.Equal(1, await Database.HashLengthAsync(Keys.Predictions(SampleDays.Of(Start))));
    }

    [Fact]
    public async Task Read_PartitionThatVouchesForNothing_IsLeftOut_AndForeignSamplesAreRefused()
    {
        PredictionWatch watch = await WatchAsync();
        await watch.TakeAsync(Decision("anna", Start, 0.5), Held);
        Assert.Empty(await ReadAsync());
        await VouchAsync(watch, Held, Start);
        await Database.HashSetAsync(Keys.Predictions(SampleDays.Of(Start)), "00000000000000aa", "of a newer form");
        await Assert.ThrowsAsync<InvalidDataException>(ReadAsync);
        // The fold goes on with what it can read.
        Assert.False((await WatchAsync()).IsEmpty);
    }

    private async Task<PredictionWatch> WatchAsync(PredictionStore? store = null)
    {
        var watch = new PredictionWatch(store ?? new PredictionStore(Database, Keys, KeptDays), Options, 100, _clock);
        await watch.LoadAsync();
        return watch;
    }

    private static async Task NoteAsync(PredictionWatch watch, string customer, double days)
    {
        watch.Note(customer, Start.AddDays(days));
        await watch.WriteMarksAsync();
    }

    /// <summary>As when the brokers have told that there is nothing beyond the watermark.</summary>
    private static Task<bool> VouchAsync(PredictionWatch watch, PartitionWatermark held, DateTimeOffset until)
    {
        watch.FoldedUntil.Ask(until, new long[EventStreams.Count], held);
        return watch.VouchAsync(held);
    }

    private Task<IReadOnlyList<PredictionSample>> ReadAsync() => new PredictionReader(
        Database, new RedisOptions { CommandTimeout = TimeSpan.FromSeconds(30) }, Options, Settling, partitionCount: 1).ReadAsync(_clock.Now);

    private static Message<byte[], byte[]> Decision(string customer, DateTimeOffset time, double churn) => new()
    {
        Key = Encoding.UTF8.GetBytes(customer),
        Value = new V1.Decision
        {
            CustomerId = customer,
            DecideTime = time.ToTimestamp(),
            ChurnProbability = churn,
            Silence = TimeSpan.FromDays(90).ToDuration(),
            Evidence = new V1.DecisionEvidence { ModelVersions = { "churn@5f0c9d3a11b2" } },
        }.ToByteArray(),
    };

    private sealed class SetClock : TimeProvider
    {
        internal DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
