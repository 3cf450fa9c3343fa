using Microsoft.Extensions.Logging.Abstractions;
using WinBack.Adapters.Kafka;
using WinBack.Adapters.Wire;
using WinBack.Core.Decisions;
using WinBack.Core.State;

namespace WinBack.Tests.Kafka;

public sealed class IngestContextTests
{
    /// <summary>The client may lose a command; the partition goes on with the next attempt.</summary>
    [Fact]
    public async Task Retry_CallThatNeverEnds_IsMadeAgain()
    {
        var fold = new FoldOptions();
        var context = new IngestContext(
            new KafkaOptions(), new EventPipeline(fold), new EventReader(1, fold.Currency), null!, new IngestProgress(), new HastyTime(),
            NullLogger.Instance, WorkerProbe.None);
        int calls = 0;
        Task<int> Call() => ++calls == 1 ? new TaskCompletionSource<int>().Task : Task.FromResult(calls);

        Assert.Equal(2, await context.RetryAsync(0, Call, CancellationToken.None));
    }

    /// <summary>Whatever is waited for has passed at once.</summary>
    private sealed class HastyTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.Zero, period);
    }
}
