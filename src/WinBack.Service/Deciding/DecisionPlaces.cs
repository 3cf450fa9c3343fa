using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace WinBack.Service.Deciding;

/// <summary>
/// Bounds the decisions under way. Calls of their own have somebody who waits, so those that would wait long are refused while an
/// answer is still of use; requests of batches and streams wait, since their senders are slowed down by it. The two have places of their
/// own: a campaign does not keep single callers out.
/// </summary>
internal sealed class DecisionPlaces(IOptions<DecidingOptions> options) : IDisposable
{
    private readonly ConcurrencyLimiter _single = Limiter(options.Value.MaxUnderWay, options.Value.MaxWaiting);

    /// <summary>Their number is bounded already by what batches and streams have in flight.</summary>
    private readonly ConcurrencyLimiter _many = Limiter(options.Value.MaxUnderWayOfMany, int.MaxValue);

    /// <returns>The place; given back when it is disposed.</returns>
    /// <exception cref="OverloadedException">There are too many already, or the caller's time was up before a place was free.</exception>
    /// <exception cref="OperationCanceledException">A request of many was cancelled while it waited.</exception>
    internal async ValueTask<RateLimitLease> TakeAsync(bool isOfMany, CancellationToken cancellation)
    {
        if (isOfMany) return await _many.AcquireAsync(1, cancellation);
        try
        {
            RateLimitLease place = await _single.AcquireAsync(1, cancellation);
            if (place.IsAcquired) return place;
            place.Dispose();
        }
        catch (OperationCanceledException)
        {
            throw new OverloadedException("the caller's time was up while the call waited for its turn");
        }

        throw new OverloadedException($"{options.Value.MaxUnderWay} decisions are under way and {options.Value.MaxWaiting} wait");
    }

    public void Dispose()
    {
        _single.Dispose();
        _many.Dispose();
    }

    private static ConcurrencyLimiter Limiter(int places, int waiting) => new(new ConcurrencyLimiterOptions
    {
        PermitLimit = places, QueueLimit = waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });
}
