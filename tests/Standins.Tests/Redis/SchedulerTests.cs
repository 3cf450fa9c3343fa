using Pipelines.Sockets.Unofficial;

namespace Standins.Tests.Redis;

public sealed class SchedulerTests
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Schedule_ManyItems_RunsEachOnceOnItsThreadsOrThePool()
    {
        const int Items = 2_000;
        using var scheduler = new DedicatedThreadPoolPipeScheduler("tests", workerCount: 2, useThreadPoolQueueLength: 5);
        int[] runs = new int[Items];
        using var done = new CountdownEvent(Items);
        for (int i = 0; i < Items; i++)
        {
            int item = i;
            scheduler.Schedule(_ => Run(runs, item, done), null);
        }

        Assert.True(await Task.Run(() => done.Wait(_limit)));
        Assert.All(runs, count => Assert.Equal(1, count));
        await WaitUntil(() => scheduler.TotalServicedByQueue + scheduler.TotalServicedByPool == Items);
        await WaitUntil(() => scheduler.AvailableCount == scheduler.WorkerCount);
    }

    [Fact]
    public async Task Schedule_AfterDispose_RunsOnThePool()
    {
        var scheduler = new DedicatedThreadPoolPipeScheduler(workerCount: 1);
        scheduler.Dispose();
        var ran = new TaskCompletionSource<bool>();
        scheduler.Schedule(_ => ran.SetResult(Thread.CurrentThread.IsThreadPoolThread), null);

        Assert.True(await ran.Task.WaitAsync(_limit));
        Assert.Equal(1, scheduler.TotalServicedByPool);
    }

    private static void Run(int[] runs, int item, CountdownEvent done)
    {
        Interlocked.Increment(ref runs[item]);
        done.Signal();
    }

    private static async Task WaitUntil(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(_limit);
        while (!condition())
        {
            await Task.Delay(5, limit.Token);
        }
    }
}
