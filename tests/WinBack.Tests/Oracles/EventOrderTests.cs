using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.State;
using WinBack.Testing.Oracles;

namespace WinBack.Tests.Oracles;

/// <summary>What the order of records may and may not change.</summary>
public sealed class EventOrderTests
{
    private const int Partitions = 4;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(100, 6)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void StreamsMixedOtherwise_SameBytes(int seed)
    {
        var options = new RandomLogOptions { Erasures = 0.005, ClockJumps = 0.03, Late = 0.1 };
        IReadOnlyList<LogRecord> log = RandomLog.Generate(seed, options);
        LogFold expected = new LogFold(Partitions, new FoldOptions()).Run(log);
        var random = new Random(seed);
        for (int mix = 0; mix < 4; mix++)
        {
            LogFold actual = new LogFold(Partitions, new FoldOptions()).Run(Mixed(log, random));
            Assert.Null(NaiveFold.Difference(expected.Blobs(), actual.Blobs()));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void EventsPermutedWithinTheHorizon_SameBytes(int seed)
    {
        // Half a day of events up to half a day old: in any order none of them is late or in the future.
        var random = new RandomLogOptions
        {
            Records = 600, Customers = 5, Span = TimeSpan.FromHours(12), Horizon = TimeSpan.FromHours(12),
            Duplicates = 0, Late = 0, Future = 0, ClockJumps = 0, Ties = 0.4, Erasures = 0,
        };
        var options = new FoldOptions { FutureTolerance = TimeSpan.FromDays(1) };
        IReadOnlyList<LogRecord> log = RandomLog.Generate(seed, random);
        LogFold expected = new LogFold(Partitions, options).Run(log);
        Assert.DoesNotContain(FoldOutcome.Late, expected.Outcomes);
        var shuffle = new Random(seed);
        for (int round = 0; round < 5; round++)
        {
            LogRecord[] permuted = [.. log];
            shuffle.Shuffle(permuted);
            // Record time stamps are given on arrival, so that of the last record of a customer on a stream has to stay.
            IEnumerable<LogRecord> stamped = permuted.Select(r => r with { Timestamp = random.Start + random.Span });
            IEnumerable<LogRecord> original = log.Select(r => r with { Timestamp = random.Start + random.Span });
            Assert.Null(NaiveFold.Difference(
                new LogFold(Partitions, options).Run(original).Blobs(), new LogFold(Partitions, options).Run(stamped).Blobs()));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void RecordsDelayedWithinTheHorizon_SameContent(int seed)
    {
        var random = new RandomLogOptions
        {
            Records = 600, Customers = 5, Span = TimeSpan.FromDays(20), Horizon = TimeSpan.FromHours(12),
            Duplicates = 0, Late = 0, Future = 0, ClockJumps = 0, Erasures = 0,
        };
        IReadOnlyList<LogRecord> log = RandomLog.Generate(seed, random);
        var delay = new Random(seed);
        DateTimeOffset[] arrival = [.. log.Select(r => r.Timestamp + (TimeSpan.FromHours(12) * delay.NextDouble()))];
        IEnumerable<LogRecord> delayed = log.Select((r, i) => r with { Timestamp = arrival[i] }).OrderBy(r => r.Timestamp);
        LogFold expected = new LogFold(Partitions, new FoldOptions()).Run(log);
        LogFold actual = new LogFold(Partitions, new FoldOptions()).Run(delayed);
        Assert.DoesNotContain(FoldOutcome.Late, actual.Outcomes);
        Assert.Equal(Content(expected), Content(actual));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Duplicates_ChangeNothingButWhatIsKnownOfIds(int seed)
    {
        (IReadOnlyList<LogRecord> log, IReadOnlyList<LogRecord> repeated) = WithRepeats(seed);
        LogFold expected = new LogFold(Partitions, new FoldOptions()).Run(log);
        LogFold actual = new LogFold(Partitions, new FoldOptions()).Run(repeated);
        Assert.Equal(Content(expected), Content(actual));
        Assert.Equal(Count(expected, FoldOutcome.Folded), Count(actual, FoldOutcome.Folded));
        Assert.NotEqual(0, Count(actual, FoldOutcome.Duplicate));
    }

    /// <summary>Mutant of the guard: without it the property above must not hold.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Duplicates_WithoutTheGuard_AreNoticed(int seed)
    {
        (IReadOnlyList<LogRecord> log, IReadOnlyList<LogRecord> repeated) = WithRepeats(seed);
        var mutant = new EventPipeline(new FoldOptions()) { DropsDuplicates = false };
        Assert.NotEqual(
            Content(new LogFold(Partitions, new FoldOptions()).Run(log)),
            Content(new LogFold(Partitions, mutant, new FoldOptions()).Run(repeated)));
    }

    /// <summary>Few ids are kept here, so most events of the second reading are known only by lying below the floor.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void LogReadTwice_CountsNothingTwice(int seed)
    {
        var random = new RandomLogOptions { Customers = 5, Duplicates = 0, Span = TimeSpan.FromDays(5), Erasures = 0 };
        var options = new FoldOptions { MaxRecentIds = 16 };
        IReadOnlyList<LogRecord> log = RandomLog.Generate(seed, random);
        LogFold once = new LogFold(Partitions, options).Run(log);
        LogFold twice = new LogFold(Partitions, options).Run(log).Run(log);
        Assert.Equal(Content(once), Content(twice));
        Assert.Equal(Count(once, FoldOutcome.Folded), Count(twice, FoldOutcome.Folded));
        Assert.Contains(once.States.Values, s => EventStreams.All.Any(stream => s.Recent(stream)?.Count == 16));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void StatesThroughTheCodecOnTheWay_SameBytes(int seed)
    {
        IReadOnlyList<LogRecord> log = RandomLog.Generate(seed, new RandomLogOptions { Records = 600, Erasures = 0.005 });
        LogFold expected = new LogFold(Partitions, new FoldOptions()).Run(log);
        foreach (int every in (int[])[1, 7, 100])
        {
            LogFold actual = new LogFold(Partitions, new FoldOptions()) { RecodeEvery = every }.Run(log);
            Assert.Equal(expected.Outcomes, actual.Outcomes);
            Assert.Null(NaiveFold.Difference(expected.Blobs(), actual.Blobs()));
        }
    }

    /// <summary>The worker stores a state only when the outcome says that it may have changed.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void OutcomesThatChangeNoState_LeaveTheBytes(int seed)
    {
        var fold = new LogFold(Partitions, new FoldOptions());
        SortedDictionary<string, byte[]> before = fold.Blobs();
        foreach (LogRecord record in RandomLog.Generate(seed, new RandomLogOptions { Records = 500, Customers = 5, Erasures = 0.01 }))
        {
            fold.Run([record]);
            SortedDictionary<string, byte[]> after = fold.Blobs();
            if (!EventPipeline.ChangesState(fold.Outcomes[^1])) Assert.Null(NaiveFold.Difference(before, after));
            before = after;
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Erased_InAnyOrder_StaysErased(int seed)
    {
        var random = new RandomLogOptions { Records = 200, Customers = 1, Span = TimeSpan.FromHours(12) };
        IReadOnlyList<LogRecord> events = RandomLog.Generate(seed, random);
        LogRecord[] log = [.. events, Erasure(random.Start)];
        new Random(seed).Shuffle(log);
        LogFold fold = new LogFold(Partitions, new FoldOptions()).Run(log);
        Assert.Equal([1, 1], Assert.Single(fold.Blobs()).Value);
        int erasure = fold.Outcomes.IndexOf(FoldOutcome.Erased);
        if (erasure < 0) return;
        Assert.All(fold.Outcomes.Skip(erasure), o => Assert.Contains(o, new[] { FoldOutcome.Erased, FoldOutcome.DeadLetter }));
    }

    private static LogRecord Erasure(DateTimeOffset time)
    {
        string customer = Assert.Single(RandomLog.Customers(new RandomLogOptions { Customers = 1 }));
        var e = new V1.CustomerEvent
        {
            EventId = "erasure", CustomerId = customer, EventTime = time.ToTimestamp(),
            Lifecycle = new V1.LifecycleEvent { Kind = V1.LifecycleEvent.Types.Kind.Erased },
        };
        return new LogRecord(
            EventStream.Engagement, CustomerPartition.Of(new CustomerId(customer), Partitions), 0, Encoding.UTF8.GetBytes(customer),
            e.ToByteArray(), null, time);
    }

    private static (IReadOnlyList<LogRecord> Log, IReadOnlyList<LogRecord> Repeated) WithRepeats(int seed)
    {
        // An event from the future is one no longer when it is sent again later; a clock that jumps makes a repeat raise the floor.
        IReadOnlyList<LogRecord> log = RandomLog.Generate(
            seed, new RandomLogOptions { Duplicates = 0, Erasures = 0, Future = 0, ClockJumps = 0 });
        var random = new Random(seed);
        var repeated = new List<LogRecord>();
        foreach (LogRecord record in log)
        {
            repeated.Add(record);
            for (int n = random.Next(3); n > 0; n--)
            {
                // A repeat of something recent, stamped when it comes.
                LogRecord again = repeated[^(1 + random.Next(Math.Min(repeated.Count, 50)))];
                repeated.Add(again with { Timestamp = record.Timestamp });
            }
        }

        return (log, repeated);
    }

    /// <summary>The same records, each stream in its own order.</summary>
    private static List<LogRecord> Mixed(IReadOnlyList<LogRecord> log, Random random)
    {
        List<Queue<LogRecord>> streams = [.. log.GroupBy(r => (r.Stream, r.Partition)).Select(s => new Queue<LogRecord>(s))];
        var mixed = new List<LogRecord>();
        while (streams.Count > 0)
        {
            Queue<LogRecord> stream = streams[random.Next(streams.Count)];
            for (int n = random.Next(1, 50); n > 0 && stream.TryDequeue(out LogRecord? record); n--) mixed.Add(record);
            if (stream.Count == 0) streams.Remove(stream);
        }

        return mixed;
    }

    private static string Content(LogFold fold) =>
        string.Concat(fold.States.Select(s => $"--- {s.Key}\n{StateText.Of(s.Value, withRecentIds: false)}"));

    private static int Count(LogFold fold, FoldOutcome outcome) => fold.Outcomes.Count(o => o == outcome);
}
