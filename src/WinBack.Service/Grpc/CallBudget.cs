using Grpc.Core;

namespace WinBack.Service.Grpc;

/// <summary>
/// How long a call may wait for the store: a little less than its deadline leaves, so that the caller still gets to know
/// that the store is away, and when to try again, instead of a deadline exceeded that says nothing.
/// </summary>
internal sealed class CallBudget : IDisposable
{
    private static readonly TimeSpan MostForTheAnswer = TimeSpan.FromMilliseconds(100);
    private readonly CancellationTokenSource? _source;

    private CallBudget(CancellationTokenSource? source, CancellationToken token)
    {
        _source = source;
        Token = token;
    }

    /// <summary>Cancelled by the caller, or when the time is up; <see cref="Errors.ErrorInterceptor"/> tells the two apart.</summary>
    internal CancellationToken Token { get; }

    internal static CallBudget Of(ServerCallContext context)
    {
        if (context.Deadline == DateTime.MaxValue) return new CallBudget(null, context.CancellationToken);
        // Deadlines are on the real clock, also where the service runs on a replay clock.
        TimeSpan left = context.Deadline - TimeProvider.System.GetUtcNow().UtcDateTime;
        TimeSpan wait = left - (left / 4 < MostForTheAnswer ? left / 4 : MostForTheAnswer);
        var source = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        source.CancelAfter(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
        return new CallBudget(source, source.Token);
    }

    public void Dispose() => _source?.Dispose();
}
