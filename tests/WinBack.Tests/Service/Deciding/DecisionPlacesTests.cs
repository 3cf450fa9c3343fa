using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using WinBack.Service.Deciding;

namespace WinBack.Tests.Service.Deciding;

public sealed class DecisionPlacesTests : IDisposable
{
    private readonly DecisionPlaces _places = new(Options.Create(
        new DecidingOptions { MaxUnderWay = 2, MaxWaiting = 1, MaxUnderWayOfMany = 1 }));

    public void Dispose() => _places.Dispose();

    [Fact]
    public async Task Take_AllTakenAndQueueFull_RefusedAtOnce()
    {
        using RateLimitLease first = await TakeAsync();
        using RateLimitLease second = await TakeAsync();
        Task<RateLimitLease> waiting = TakeAsync();

        var e = await Assert.ThrowsAsync<OverloadedException>(() => TakeAsync());

        Assert.Equal("2 decisions are under way and 1 wait", e.Message);
        Assert.False(waiting.IsCompleted);
        first.Dispose();
        (await waiting).Dispose();
    }

    [Fact]
    public async Task Take_PlaceGivenBack_NextInLineGetsIt()
    {
        RateLimitLease first = await TakeAsync();
        using RateLimitLease second = await TakeAsync();
        Task<RateLimitLease> waiting = TakeAsync();
        Assert.False(waiting.IsCompleted);

        first.Dispose();

        using RateLimitLease third = await waiting;
        Assert.True(third.IsAcquired);
    }

    [Fact]
    public async Task Take_CallersTimeIsUpWhileWaiting_Overloaded_AndItsPlaceInLineIsFree()
    {
        using RateLimitLease first = await TakeAsync();
        RateLimitLease second = await TakeAsync();
        using var patience = new CancellationTokenSource();
        Task<RateLimitLease> waiting = TakeAsync(cancellation: patience.Token);

        await patience.CancelAsync();

        await Assert.ThrowsAsync<OverloadedException>(() => waiting);
        Task<RateLimitLease> next = TakeAsync();
        second.Dispose();
        (await next).Dispose();
    }

    [Fact]
    public async Task Take_OfMany_WaitsAndIsNeverRefused()
    {
        RateLimitLease first = await TakeAsync(isOfMany: true);
        Task<RateLimitLease>[] waiting = [.. Enumerable.Range(0, 1_000).Select(_ => TakeAsync(isOfMany: true))];
        Assert.All(waiting, one => Assert.False(one.IsCompleted));

        first.Dispose();

        foreach (Task<RateLimitLease> one in waiting) (await one).Dispose();
    }

    [Fact]
    public async Task Take_ManyAreFull_SingleCallsHavePlacesOfTheirOwn()
    {
        using RateLimitLease many = await TakeAsync(isOfMany: true);
        Task<RateLimitLease> waiting = TakeAsync(isOfMany: true);

        using RateLimitLease single = await TakeAsync();

        Assert.True(single.IsAcquired);
        many.Dispose();
        (await waiting).Dispose();
    }

    [Fact]
    public async Task Take_OfManyCancelled_IsCancelled()
    {
        using RateLimitLease first = await TakeAsync(isOfMany: true);
        using var caller = new CancellationTokenSource();
        Task<RateLimitLease> waiting = TakeAsync(isOfMany: true, caller.Token);

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private Task<RateLimitLease> TakeAsync(bool isOfMany = false, CancellationToken cancellation = default) =>
        _places.TakeAsync(isOfMany, cancellation).AsTask();
}
