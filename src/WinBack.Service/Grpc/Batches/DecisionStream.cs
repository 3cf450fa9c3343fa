using System.Threading.Channels;
using Grpc.Core;
using Microsoft.Extensions.Options;
using WinBack.Service.Grpc.Errors;

namespace WinBack.Service.Grpc.Batches;

/// <summary>
/// Requests of one stream, a bounded number under way. A place is taken before a request is read and given back when its
/// result is written, so a client that does not read its results is not read from either: HTTP/2 then slows it down.
/// </summary>
internal sealed class DecisionStream(SingleDecision single, IOptions<BatchOptions> options)
{
    internal async Task RunAsync(
        IAsyncStreamReader<V1.StreamDecisionsRequest> requests,
        IServerStreamWriter<V1.StreamDecisionsResponse> responses,
        ServerCallContext context)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        int most = options.Value.StreamInFlight;
        using var places = new SemaphoreSlim(most, most);
        // Its bound is the number of places.
        Channel<V1.DecisionResult> results = Channel.CreateUnbounded<V1.DecisionResult>(new UnboundedChannelOptions { SingleReader = true });
        Task writing = WriteAsync(results.Reader, responses, places, ended);
        try
        {
            while (await NextAsync(requests, places, ended.Token))
                _ = DecideAsync(requests.Current.Request, results.Writer, context, ended.Token);

            // Every place back: nothing is under way, and all is written.
            for (int place = 0; place < most; place++) await places.WaitAsync(ended.Token);
        }
        finally
        {
            results.Writer.TryComplete();
            // Fails when the client is gone; that is why the stream ended then.
            await writing;
        }
    }

    private static async Task<bool> NextAsync(
        IAsyncStreamReader<V1.StreamDecisionsRequest> requests, SemaphoreSlim places, CancellationToken cancellation)
    {
        await places.WaitAsync(cancellation);
        if (await requests.MoveNext(cancellation)) return true;
        places.Release();
        return false;
    }

    private async Task DecideAsync(
        V1.DecideNextActionRequest? request, ChannelWriter<V1.DecisionResult> results, ServerCallContext context, CancellationToken cancellation)
    {
        try
        {
            results.TryWrite(request is null
                ? SingleDecision.Refused(new(), RpcErrors.InvalidArgument(("request", "is missing")))
                : await single.TryDecideAsync(request, context, cancellation));
        }
        catch (Exception) when (context.CancellationToken.IsCancellationRequested)
        {
            // The caller is gone; the stream ends by the same token.
        }
    }

    private static async Task WriteAsync(
        ChannelReader<V1.DecisionResult> results,
        IServerStreamWriter<V1.StreamDecisionsResponse> responses,
        SemaphoreSlim places,
        CancellationTokenSource ended)
    {
        try
        {
            await foreach (V1.DecisionResult result in results.ReadAllAsync(ended.Token))
            {
                await responses.WriteAsync(new V1.StreamDecisionsResponse { Result = result }, ended.Token);
                places.Release();
            }
        }
        finally
        {
            // Whoever waits for a place or a request must not wait for a writer that has failed.
            await ended.CancelAsync();
        }
    }
}
