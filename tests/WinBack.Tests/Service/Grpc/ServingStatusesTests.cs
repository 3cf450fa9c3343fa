using WinBack.Service.Grpc;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace WinBack.Tests.Service.Grpc;

/// <summary>What watchers see while statuses change.</summary>
public sealed class ServingStatusesTests
{
    [Fact]
    public void All_AtFirst_IsTheServerNotServing() =>
        Assert.Equal(
            [KeyValuePair.Create(ServingStatuses.WholeServer, ServingStatus.NotServing)], new ServingStatuses().All);

    [Fact]
    public async Task WatchAsync_StatusChanges_TellsEachNewOne()
    {
        var statuses = new ServingStatuses();
        await using var watch = statuses.WatchAsync("a", CancellationToken.None).GetAsyncEnumerator();
        Assert.Equal(ServingStatus.ServiceUnknown, await NextAsync(watch));
        statuses.Set("a", ServingStatus.Serving);
        Assert.Equal(ServingStatus.Serving, await NextAsync(watch));
        statuses.Set("a", ServingStatus.NotServing);
        Assert.Equal(ServingStatus.NotServing, await NextAsync(watch));
    }

    [Fact]
    public async Task WatchAsync_SameStatusOrOtherService_TellsNothing()
    {
        var statuses = new ServingStatuses();
        statuses.Set("a", ServingStatus.Serving);
        await using var watch = statuses.WatchAsync("a", CancellationToken.None).GetAsyncEnumerator();
        Assert.Equal(ServingStatus.Serving, await NextAsync(watch));

        var next = watch.MoveNextAsync();
        statuses.Set("a", ServingStatus.Serving);
        statuses.Set("b", ServingStatus.Serving);
        Assert.False(next.IsCompleted);
        statuses.Set("a", ServingStatus.NotServing);
        Assert.True(await next);
        Assert.Equal(ServingStatus.NotServing, watch.Current);
    }

    [Fact]
    public async Task ShutDown_Watchers_SeeNotServingAndEnd()
    {
        var statuses = new ServingStatuses();
        statuses.Set("a", ServingStatus.Serving);
        await using var watch = statuses.WatchAsync("a", CancellationToken.None).GetAsyncEnumerator();
        Assert.Equal(ServingStatus.Serving, await NextAsync(watch));

        statuses.ShutDown();
        statuses.Set("a", ServingStatus.Serving);
        statuses.ShutDown();

        Assert.Equal(ServingStatus.NotServing, await NextAsync(watch));
        Assert.False(await watch.MoveNextAsync());
        Assert.All(statuses.All.Values, status => Assert.Equal(ServingStatus.NotServing, status));
    }

    [Fact]
    public async Task WatchAsync_Cancelled_Stops()
    {
        using var cancellation = new CancellationTokenSource();
        await using var watch = new ServingStatuses().WatchAsync("", cancellation.Token).GetAsyncEnumerator();
        Assert.Equal(ServingStatus.NotServing, await NextAsync(watch));
        var next = watch.MoveNextAsync();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
    }

    /// <summary>Many writers, one watcher: whatever it missed in between, it ends on the last status.</summary>
    [Fact]
    public async Task WatchAsync_ManyWriters_EndsOnTheLastStatus()
    {
        var statuses = new ServingStatuses();
        var watching = Task.Run(async () =>
        {
            ServingStatus? last = null;
            await foreach (var status in statuses.WatchAsync("a", CancellationToken.None))
            {
                Assert.NotEqual(last, status);
                last = status;
            }

            return last;
        });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(() =>
        {
            for (var i = 0; i < 2_000; i++)
                statuses.Set("a", (i + writer) % 2 == 0 ? ServingStatus.Serving : ServingStatus.NotServing);
        })));
        statuses.Set("a", ServingStatus.Serving);
        statuses.ShutDown();
        Assert.Equal(ServingStatus.NotServing, await watching.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    private static async Task<ServingStatus> NextAsync(IAsyncEnumerator<ServingStatus> watch)
    {
        Assert.True(await watch.MoveNextAsync());
        return watch.Current;
    }
}
