using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using WinBack.Core.Features;
using WinBack.Service.Grpc.Batches;
using WinBack.Service.Grpc.Errors;

namespace WinBack.Tests.Service.Grpc.Batches;

public sealed class DecisionStreamTests
{
    private const int Requests = 100;
    private const int MaxInFlight = 8;

    /// <summary>Wrong requests need no store; that they are answered at once makes the reader the faster side.</summary>
    private readonly SingleDecision _single =
        new(null!, FeatureSchema.Default, new CallFaults(NullLogger<CallFaults>.Instance));

    [Fact]
    public async Task Run_ResultsNotTaken_StopsReadingWhenFull()
    {
        var client = new SlowClient(Requests, full: MaxInFlight);

        await Stream().RunAsync(client, client, new AnyCallContext(CancellationToken.None)).WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(Requests, client.Written);
        Assert.Equal(MaxInFlight, client.MostUnderWay);
    }

    [Fact]
    public async Task Run_WriterFails_Ends()
    {
        var client = new SlowClient(int.MaxValue, full: MaxInFlight) { FailsAfter = 3 };
        await Assert.ThrowsAsync<IOException>(
            () => Stream().RunAsync(client, client, new AnyCallContext(CancellationToken.None)).WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Equal(3, client.Written);
    }

    private DecisionStream Stream() => new(_single, Options.Create(new BatchOptions { StreamInFlight = MaxInFlight }));

    /// <summary>Offers requests without end of patience, and takes no result before so many requests were read.</summary>
    private sealed class SlowClient(int requests, int full)
        : IAsyncStreamReader<V1.StreamDecisionsRequest>, IServerStreamWriter<V1.StreamDecisionsResponse>
    {
        private readonly TaskCompletionSource _isFull = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _read;
        private int _written;

        internal int FailsAfter { get; init; } = int.MaxValue;

        internal int Written => _written;

        internal int MostUnderWay { get; private set; }

        public V1.StreamDecisionsRequest Current { get; } = new() { Request = new V1.DecideNextActionRequest() };

        public WriteOptions? WriteOptions { get; set; }

        public Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_read == requests) return Task.FromResult(false);
            _read++;
            MostUnderWay = Math.Max(MostUnderWay, _read - Volatile.Read(ref _written));
            if (_read == full) _isFull.SetResult();
            return Task.FromResult(true);
        }

        public Task WriteAsync(V1.StreamDecisionsResponse message) => WriteAsync(message, CancellationToken.None);

        public async Task WriteAsync(V1.StreamDecisionsResponse message, CancellationToken cancellationToken)
        {
            await _isFull.Task.WaitAsync(cancellationToken);
            Assert.Equal((int)StatusCode.InvalidArgument, message.Result.Status.Code);
            if (_written == FailsAfter) throw new IOException("the client is gone");
            Interlocked.Increment(ref _written);
        }
    }
}
