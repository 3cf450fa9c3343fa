using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.State;
using WinBack.Testing.Oracles;

namespace WinBack.Tests.Oracles;

/// <summary>The fold that serves against the naive one, on random logs: every blob byte for byte, every outcome and fault.</summary>
public sealed class NaiveFoldTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 8)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void RandomLog_FoldedByThePipeline_EqualsTheOracle(int seed) =>
        AssertEqual(seed, new RandomLogOptions(), new FoldOptions());

    [Theory]
    [MemberData(nameof(Seeds))]
    public void ManyErasuresTiesAndClockJumps_FoldedByThePipeline_EqualsTheOracle(int seed) =>
        AssertEqual(
            seed,
            new RandomLogOptions
            {
                Customers = 10, Erasures = 0.01, Ties = 0.5, ClockJumps = 0.05, Late = 0.1, Span = TimeSpan.FromDays(10),
            },
            new FoldOptions());

    [Theory]
    [MemberData(nameof(Seeds))]
    public void FewIdsKeptAndShortHorizon_FoldedByThePipeline_EqualsTheOracle(int seed) =>
        AssertEqual(
            seed,
            new RandomLogOptions
            {
                Customers = 5, Records = 1_000, Horizon = TimeSpan.FromHours(6), Duplicates = 0.3, Span = TimeSpan.FromDays(3),
            },
            new FoldOptions { MaxRecentIds = 16, Horizon = TimeSpan.FromHours(6) });

    [Fact]
    public void SeveralYears_FoldedByThePipeline_EqualsTheOracle() =>
        AssertEqual(7, new RandomLogOptions { Span = TimeSpan.FromDays(1_500) }, new FoldOptions());

    /// <summary>Should a generator stop making one of these, the tests above would go on passing, but say less.</summary>
    [Fact]
    public void RandomLogs_TogetherHoldEveryOutcomeAndFault()
    {
        var options = new RandomLogOptions { Erasures = 0.01 };
        NaiveFoldResult[] results = [.. Enumerable.Range(1, 8).Select(seed => NaiveFold.Fold(RandomLog.Generate(seed, options), 4))];
        Assert.Equal(Enum.GetValues<FoldOutcome>(), results.SelectMany(r => r.Outcomes).Distinct().Order());
        // A producer cannot leave out the time stamp: the client puts one in.
        Assert.Equal(
            Enum.GetValues<RecordFault>().Where(f => f != RecordFault.NoTimestamp), results.SelectMany(r => r.Faults).Distinct().Order());
    }

    [Fact]
    public void SameSeed_GivesTheSameLog()
    {
        IReadOnlyList<LogRecord> one = RandomLog.Generate(5), other = RandomLog.Generate(5);
        Assert.Equal(one.Select(r => r.Value), other.Select(r => r.Value));
        Assert.Equal(
            one.Select(r => (r.Stream, r.Partition, r.Offset, r.Timestamp)),
            other.Select(r => (r.Stream, r.Partition, r.Offset, r.Timestamp)));
        Assert.NotEqual(one.Select(r => r.Value), RandomLog.Generate(6).Select(r => r.Value));
    }

    private static void AssertEqual(int seed, RandomLogOptions random, FoldOptions options)
    {
        IReadOnlyList<LogRecord> log = RandomLog.Generate(seed, random);
        NaiveFoldResult expected = NaiveFold.Fold(log, random.Partitions, options);
        LogFold actual = new LogFold(random.Partitions, options).Run(log);
        Assert.Null(NaiveFold.Difference(expected.Blobs, actual.Blobs()));
        Assert.Equal(expected.Faults, actual.Faults);
        Assert.Equal(expected.Outcomes, actual.Outcomes);
    }
}
